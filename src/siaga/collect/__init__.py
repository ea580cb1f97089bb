"""Page -> Article: what is on a page, without the junk, with what is known of it."""

-- A listing that is done: a sitemap of a backfill.
DELETE FROM listing WHERE url = ? AND kind = 'archive'

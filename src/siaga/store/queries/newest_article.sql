-- The number of the article that was saved last.
SELECT coalesce(max(seq), 0) FROM article

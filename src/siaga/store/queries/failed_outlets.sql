-- The names that articles of a source have for it, and the days on which it failed.
SELECT DISTINCT article.source, source_failure.day
FROM source_failure
JOIN page ON page.source = source_failure.source
JOIN article ON article.id = page.article
WHERE article.source IS NOT NULL

-- The names that articles of a source have for it.
SELECT DISTINCT article.source
FROM page
JOIN article ON article.id = page.article
WHERE page.source = ? AND article.source IS NOT NULL

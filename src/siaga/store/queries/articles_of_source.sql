-- The articles that were fetched from a source.
SELECT DISTINCT article.id
FROM page
JOIN article ON article.id = page.article
WHERE page.source = :source

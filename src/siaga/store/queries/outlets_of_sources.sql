-- The names that articles of each source have for it, the most used first.
SELECT page.source, article.source
FROM page
JOIN article ON article.id = page.article
WHERE article.source IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, count(*) DESC, 2

-- How many articles of a source we have of each day on which they were published.
SELECT coalesce(article.day, substr(page.fetched, 1, 10)) AS day, count(DISTINCT article.seq)
FROM page
JOIN article ON article.id = page.article
WHERE page.source = ?
GROUP BY 1

-- Articles that have not been linked yet, in the order in which they were saved.
SELECT article.id
FROM article
LEFT JOIN sketch ON sketch.article = article.seq
WHERE sketch.article IS NULL
ORDER BY article.seq

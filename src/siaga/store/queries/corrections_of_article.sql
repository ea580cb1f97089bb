-- The corrections of an article, in the order in which they were made.
SELECT correction.record
FROM correction
JOIN article ON article.seq = correction.article
WHERE article.id = ?
ORDER BY number

-- All articles in the order in which they were saved, and whether each is linked.
SELECT article.id, sketch.article IS NOT NULL
FROM article
LEFT JOIN sketch ON sketch.article = article.seq
ORDER BY article.seq

-- Articles that were not looked through for claims yet, by day, so that the first to make a claim comes first.
SELECT article.id
FROM article
JOIN reading ON reading.article = article.seq
WHERE article.seq NOT IN (SELECT article FROM claim_read)
ORDER BY coalesce(article.published, article.saved), article.seq

-- Articles that were not looked through for claims yet, by day, so that the first to make a claim comes first; of a day,
-- the origin of a text before its copies.
SELECT article.id
FROM article
JOIN reading ON reading.article = article.seq
LEFT JOIN lineage_link ON lineage_link.article = article.seq
WHERE article.seq NOT IN (SELECT article FROM claim_read)
ORDER BY coalesce(article.day, substr(article.saved, 1, 10)), lineage_link.position NULLS FIRST, article.published NULLS FIRST, article.seq

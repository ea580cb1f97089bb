-- Of the articles published on these days that were made from another: whose they are, whose that one is, how many.
SELECT article.source, origin.source, count(*)
FROM article
JOIN lineage_link ON lineage_link.article = article.seq
JOIN article AS origin ON origin.id = lineage_link.record ->> '$.copied_from'
WHERE article.day BETWEEN :since AND :until AND article.source IS NOT NULL AND origin.source IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2

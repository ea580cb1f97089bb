-- How many of the articles that each outlet published on these days print agency text, and how many were compared.
SELECT article.source, count(*) FILTER (WHERE lineage_link.record ->> '$.relation' = 'wire'), count(*)
FROM article
JOIN lineage_link ON lineage_link.article = article.seq
WHERE article.day BETWEEN :since AND :until AND article.source IS NOT NULL
GROUP BY article.source

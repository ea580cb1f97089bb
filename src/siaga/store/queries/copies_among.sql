-- Of these articles, those that derive from one text with others, by lineage.
SELECT lineage_link.lineage, article.id
FROM article
JOIN lineage_link ON lineage_link.article = article.seq
WHERE article.id IN (SELECT value FROM json_each(:articles))
  AND EXISTS (
    SELECT 1
    FROM lineage_link AS other
    WHERE other.lineage = lineage_link.lineage AND other.article <> lineage_link.article
  )
ORDER BY lineage_link.lineage, article.seq

-- Where each linked article stands: lineage by lineage in the order of their first article, origin first.
SELECT lineage_link.record, lineage_link.origin
FROM lineage_link
JOIN (SELECT lineage, min(article) AS first FROM lineage_link GROUP BY lineage) AS lineages USING (lineage)
ORDER BY lineages.first, lineage_link.position

-- Where an article and the others of its lineage stand, origin first.
SELECT other.record, other.origin
FROM article
JOIN lineage_link AS own ON own.article = article.seq
JOIN lineage_link AS other ON other.lineage = own.lineage
WHERE article.id = ?
ORDER BY other.position

-- Where an article stands in its lineage.
INSERT INTO lineage_link (article, lineage, position, origin, record)
SELECT seq, :lineage, :position, :origin, :record
FROM article
WHERE id = :article
ON CONFLICT (article) DO UPDATE SET
  lineage = excluded.lineage, position = excluded.position, origin = excluded.origin, record = excluded.record

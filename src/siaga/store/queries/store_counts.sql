-- How much is stored.
SELECT
  (SELECT count(*) FROM article) AS articles,
  (SELECT count(*) FROM event) AS events,
  (SELECT count(*) FROM quote) AS quotes,
  (SELECT count(*) FROM story) AS stories,
  (SELECT count(*) FROM incident) AS incidents,
  (SELECT count(*) FROM claim) AS claims,
  (SELECT count(*) FROM correction) AS corrections,
  (SELECT count(*) FROM reject) AS rejects,
  (SELECT count(*) FROM article WHERE seq NOT IN (SELECT article FROM lineage_link)) AS unlinked

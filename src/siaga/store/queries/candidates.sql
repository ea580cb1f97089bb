-- Articles that share keys with a sketch, those with the most weight first: a key weighs 1 / (articles that have it), and
-- nothing if more than `most_sharing` have it; one that shares fewer than `least_keys` of these is none. Exact copies come
-- first.
WITH weighed AS (
  SELECT asked.key, (
    SELECT count(*) FROM (SELECT 1 FROM sketch_key WHERE key = asked.key LIMIT :most_sharing + 1) AS those
  ) AS articles
  FROM (SELECT CAST(value AS BIGINT) AS key FROM json_each(:keys)) AS asked
),
sharing AS (
  SELECT sketch_key.article, sum(CAST(1 AS DOUBLE PRECISION) / weighed.articles) AS shared
  FROM weighed
  JOIN sketch_key ON sketch_key.key = weighed.key
  WHERE weighed.articles BETWEEN 1 AND :most_sharing
  GROUP BY sketch_key.article
  HAVING count(*) >= :least_keys
),
found AS (
  SELECT article, shared, 0 AS exact FROM sharing
  UNION ALL
  SELECT article, 0.0, 1 FROM sketch WHERE digest = :digest
)
SELECT article.id, max(found.exact), sum(found.shared) AS weight
FROM found
JOIN article ON article.seq = found.article
WHERE article.id <> :id
GROUP BY article.id
ORDER BY max(found.exact) DESC, weight DESC, article.id
LIMIT :most

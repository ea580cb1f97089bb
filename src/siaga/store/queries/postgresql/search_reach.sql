-- How many articles have these words, and the number of the first of those that came last.
WITH hit AS MATERIALIZED (
  SELECT seq
  FROM article
  WHERE words @@ CAST(:words ->> '$.query' AS tsquery)
)
SELECT count(*), (SELECT min(seq) FROM (SELECT seq FROM hit ORDER BY seq DESC LIMIT :reach) AS latest)
FROM hit

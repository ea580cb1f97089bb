-- DuckDB. Weeks with a day on which outlets failed that had told at least such a share of a unit's events in the 26 weeks
-- before.
WITH told AS (
  SELECT outlet, day, number
  FROM happening
  WHERE outlet IS NOT NULL
    AND CASE $kind
      WHEN 'place' THEN country = $one
      WHEN 'country' THEN country = $one OR actor = $one OR recipient = $one
      ELSE (actor = $one AND recipient = $other)
        OR ($kind = 'undirected' AND actor = $other AND recipient = $one)
    END
)
SELECT DISTINCT date_diff('day', DATE '0001-01-01', day) // 7 AS week
FROM (
  SELECT
    days.day,
    sum(told.number) FILTER (WHERE EXISTS (
      SELECT 1 FROM failed WHERE failed.day = days.day AND failed.outlet = told.outlet
    )) / sum(told.number) AS share
  FROM (SELECT DISTINCT day FROM failed) AS days
  JOIN told ON told.day >= days.day - 182 AND told.day < days.day
  GROUP BY days.day
)
WHERE share >= $least
ORDER BY week

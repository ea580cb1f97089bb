-- DuckDB. Units of a kind of which anything was told since a day; then those of which most acts were told, copies and
-- further mentions of the same day left out.
WITH counted AS (
  SELECT unit, max(told) AS newest, count(DISTINCT (actor, other, type, status, day)) AS acts
  FROM known_of
  WHERE kind = $kind AND unit IS NOT NULL
  GROUP BY unit
  UNION ALL
  SELECT unit, max(day) AS newest, sum(number) AS acts
  FROM imported_of
  WHERE kind = $kind AND unit IS NOT NULL
  GROUP BY unit
), ranked AS (
  SELECT unit, max(newest) AS newest, row_number() OVER (ORDER BY sum(acts) DESC, unit) AS place
  FROM counted
  GROUP BY unit
)
SELECT unit
FROM ranked
WHERE newest >= CAST($since AS DATE) OR place <= $most
ORDER BY place

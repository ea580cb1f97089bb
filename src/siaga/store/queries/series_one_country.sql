-- DuckDB. Weekly counts of one country or body, with the sources that are known; of one place alone if so asked.
SELECT
  date_diff('day', DATE '0001-01-01', day) // 7 AS week,
  CAST(sum(number) AS DOUBLE) AS number,
  coalesce(max(sources), 0) AS sources,
  bool_and(sources IS NOT NULL) AS known
FROM known
WHERE (country = $one OR (NOT $place AND (actor = $one OR recipient = $one)))
  AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
GROUP BY week
ORDER BY week

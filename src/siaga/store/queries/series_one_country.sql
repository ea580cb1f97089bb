-- DuckDB. Weekly counts of one country or body, with the sources that are known; of one place alone if so asked.
SELECT
  date_diff('day', DATE '0001-01-01', day) // 7 AS week,
  CAST(sum(number) AS DOUBLE) AS number,
  CAST(greatest(count(DISTINCT outlet), coalesce(max(sources), 0)) AS DOUBLE) AS sources,
  bool_and(outlet IS NOT NULL OR sources IS NOT NULL) AS known
FROM happening
WHERE (country = $one OR (NOT $place AND (actor = $one OR recipient = $one)))
  AND day IS NOT NULL
  AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
GROUP BY week
ORDER BY week

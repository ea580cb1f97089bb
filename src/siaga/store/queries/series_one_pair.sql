-- DuckDB. Weekly counts of one pair, directed or not, with the sources that are known.
SELECT
  date_diff('day', DATE '0001-01-01', day) // 7 AS week,
  CAST(sum(number) AS DOUBLE) AS number,
  coalesce(max(sources), 0) AS sources,
  bool_and(sources IS NOT NULL) AS known
FROM known
WHERE ((actor = $one AND recipient = $other) OR (NOT $directed AND actor = $other AND recipient = $one))
  AND actor IN ($one, $other)
  AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
GROUP BY week
ORDER BY week

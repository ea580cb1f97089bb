-- DuckDB. Imported events of units by day.
SELECT
  unit, actor, other, type,
  date_diff('day', DATE '0001-01-01', day) + 1 AS day,
  CAST(sum(number) AS BIGINT) AS number
FROM imported_of
WHERE kind = $kind AND list_contains($units, unit)
GROUP BY ALL
ORDER BY unit, day, actor, other, type

-- DuckDB. What is told of units, each once a day of publication; dated mentions before those that say no day.
SELECT
  unit, actor, other, type, status,
  date_diff('day', DATE '0001-01-01', told) + 1 AS told,
  date_diff('day', DATE '0001-01-01', day) + 1 AS day,
  dated,
  bool_or(sure) AS sure
FROM known_of
WHERE kind = $kind AND list_contains($units, unit)
GROUP BY ALL
ORDER BY unit, told, dated DESC, day, actor, other, type, status

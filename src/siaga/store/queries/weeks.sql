-- DuckDB. The first and the last week, and the last day, of which anything is told or imported.
SELECT
  min(date_diff('day', DATE '0001-01-01', day) // 7),
  max(date_diff('day', DATE '0001-01-01', day) // 7),
  CAST(max(day) AS VARCHAR)
FROM (SELECT min(day) AS day FROM telling UNION ALL SELECT max(day) FROM telling
  UNION ALL SELECT min(day) FROM known UNION ALL SELECT max(day) FROM known)

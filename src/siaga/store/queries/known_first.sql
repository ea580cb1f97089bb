-- DuckDB. Day of the first article that tells of anything, or of the first imported event.
SELECT min(day)
FROM (
  SELECT min(told) AS day FROM known
  UNION ALL
  SELECT min(day) AS day FROM imported_of
)

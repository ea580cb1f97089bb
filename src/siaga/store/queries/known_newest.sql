-- DuckDB. Day of the newest article, or imported event, that tells of any of these countries or bodies.
SELECT max(day)
FROM (
  SELECT max(told) AS day FROM known_of WHERE kind = 'country' AND list_contains($codes, unit)
  UNION ALL
  SELECT max(day) AS day FROM imported_of WHERE kind = 'country' AND list_contains($codes, unit)
)

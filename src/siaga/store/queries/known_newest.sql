-- DuckDB. Day of the newest article, or imported event, that tells of each country or body.
SELECT unit, CAST(max(day) AS VARCHAR)
FROM (
  SELECT unit, max(told) AS day FROM known_of WHERE kind = 'country' GROUP BY unit
  UNION ALL
  SELECT unit, max(day) AS day FROM imported_of WHERE kind = 'country' GROUP BY unit
)
WHERE unit IS NOT NULL
GROUP BY unit

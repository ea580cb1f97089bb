-- DuckDB. Weekly counts of what happens in each country.
SELECT '@' || country AS unit, week, number
FROM (
  SELECT country, date_diff('day', DATE '0001-01-01', day) // 7 AS week, CAST(sum(number) AS DOUBLE) AS number
  FROM known
  WHERE country IS NOT NULL
    AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
  GROUP BY ALL
)

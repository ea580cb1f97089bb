-- DuckDB. Weekly counts of every directed pair; weeks are numbered from that of the year 1.
SELECT actor || '>' || recipient AS unit, week, number
FROM (
  SELECT actor, recipient, date_diff('day', DATE '0001-01-01', day) // 7 AS week, CAST(sum(number) AS DOUBLE) AS number
  FROM known
  WHERE actor <> recipient
    AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
  GROUP BY ALL
)

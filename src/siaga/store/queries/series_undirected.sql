-- DuckDB. Weekly counts of every pair, whoever acts; the codes in alphabetical order.
SELECT one || '-' || other AS unit, week, number
FROM (
  SELECT
    least(actor, recipient) AS one,
    greatest(actor, recipient) AS other,
    date_diff('day', DATE '0001-01-01', day) // 7 AS week,
    CAST(sum(number) AS DOUBLE) AS number
  FROM known
  WHERE actor <> recipient
    AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
  GROUP BY ALL
)

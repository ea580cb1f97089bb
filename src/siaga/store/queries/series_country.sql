-- DuckDB. Weekly counts of everything that a country or body does, suffers or sees on its soil, once for each event.
SELECT unit, week, CAST(sum(number) AS DOUBLE) AS number
FROM (
  SELECT unnest(list_distinct([actor, recipient, country])) AS unit, week, number
  FROM (
    SELECT actor, recipient, country, date_diff('day', DATE '0001-01-01', day) // 7 AS week, sum(number) AS number
    FROM known
    WHERE (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
    GROUP BY ALL
  )
)
WHERE unit IS NOT NULL
GROUP BY ALL

-- DuckDB. Weekly counts of some units; the rows of their kind stand in the place of the braces.
SELECT unit, week, number
FROM ({rows})
WHERE unit IN (SELECT unnest(CAST($units AS VARCHAR[])))

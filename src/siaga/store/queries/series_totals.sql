-- DuckDB. How many events each unit of a kind has in all; the rows of a kind stand in the place of the braces.
SELECT unit, sum(number) AS number
FROM ({rows})
GROUP BY unit

-- DuckDB. The outlets that told of a unit since a day, and how many events.
SELECT source, count(DISTINCT seq)
FROM known_lately
WHERE kind = $kind AND unit = $unit AND told >= CAST($since AS DATE) AND source IS NOT NULL
GROUP BY source
ORDER BY source

-- DuckDB. Numbers of the events that articles published since a day tell of a unit, the newest first.
SELECT seq
FROM known_lately
WHERE kind = $kind AND unit = $unit AND told >= CAST($since AS DATE)
GROUP BY seq
ORDER BY max(told) DESC, seq

-- DuckDB. By day of publication, the articles that tell of a unit; copies are left out.
SELECT CAST(told AS VARCHAR), count(DISTINCT article)
FROM known_lately
WHERE kind = $kind AND unit = $unit
GROUP BY told

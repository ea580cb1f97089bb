-- DuckDB. What a country or body does to others and they to it, by sides, type and status, since a day; copies left out.
SELECT actor, other, type, status, count(DISTINCT seq) AS events
FROM known_lately
WHERE kind = 'country' AND unit = $code
  AND (actor = $code OR other = $code) AND actor <> other AND told >= CAST($since AS DATE)
GROUP BY actor, other, type, status
ORDER BY actor, other, events DESC, type, status

-- DuckDB. Numbers of the events asked for, newest first, from a place in that order on; what has no day comes last.
SELECT seq, day
FROM selected
WHERE $after IS NULL
  OR day < CAST($day AS DATE)
  OR (day IS NOT DISTINCT FROM CAST($day AS DATE) AND seq < $after)
  OR (day IS NULL AND $day IS NOT NULL)
ORDER BY day DESC NULLS LAST, seq DESC
LIMIT $most

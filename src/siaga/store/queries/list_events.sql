-- DuckDB. Numbers of the events asked for, newest first; what has no day comes last.
SELECT seq
FROM selected
ORDER BY day DESC NULLS LAST, seq DESC
LIMIT $most

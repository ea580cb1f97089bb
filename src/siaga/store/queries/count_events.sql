-- DuckDB. Events by keys; {keys}, {source} and {order} are names from fixed lists.
SELECT {keys}, count(*) AS events
FROM {source}
GROUP BY ALL
ORDER BY {order}
LIMIT $most

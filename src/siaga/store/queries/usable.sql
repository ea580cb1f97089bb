-- DuckDB. The events of a file, in an order in which those of one pair lie together.
SELECT id, day, actor, actor_name, recipient, recipient_name, type, cameo, number, sources, country, latitude, longitude, deaths
FROM coded
WHERE reason IS NULL
ORDER BY actor, recipient, day

-- DuckDB. Events of the ICEWS benchmarks: date, source, relation, target, and the countries of both if they are there.
SELECT
  NULL AS id, "date" AS day, source_country AS actor, "source" AS actor_name, target_country AS recipient,
  "target" AS recipient_name, cameo, NULL AS kind, NULL AS subkind, '1' AS number, NULL AS sources, NULL AS country,
  NULL AS latitude, NULL AS longitude, NULL AS deaths
FROM file

-- DuckDB. Events of ICEWS benchmarks that have the name of a CAMEO code alone: date, source, relation, target.
SELECT
  NULL AS id, "date" AS day, NULL AS actor, "source" AS actor_name, NULL AS recipient, "target" AS recipient_name,
  cameo_names.code AS cameo, relation AS kind, NULL AS subkind, '1' AS number, NULL AS sources, NULL AS country,
  NULL AS latitude, NULL AS longitude, NULL AS deaths
FROM file
LEFT JOIN cameo_names ON cameo_names.name = relation

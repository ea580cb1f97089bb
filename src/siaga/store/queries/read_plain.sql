-- DuckDB. Events of a plain file: date, actor, recipient, type (of PLOVER, or a CAMEO code) and count.
SELECT
  NULL AS id, "date" AS day, actor, actor AS actor_name, recipient, recipient AS recipient_name,
  CASE WHEN regexp_matches("type", '^[0-9]+$') THEN "type" END AS cameo, upper("type") AS kind, NULL AS subkind,
  "count" AS number, NULL AS sources, NULL AS country, NULL AS latitude, NULL AS longitude, NULL AS deaths
FROM file

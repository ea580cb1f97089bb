-- DuckDB. Events of ICEWS, as its Dataverse has them.
SELECT
  "Event ID" AS id, "Event Date" AS day, "Source Country" AS actor, "Source Name" AS actor_name,
  "Target Country" AS recipient, "Target Name" AS recipient_name, "CAMEO Code" AS cameo, NULL AS kind, NULL AS subkind,
  '1' AS number, NULL AS sources, "Country" AS country, "Latitude" AS latitude, "Longitude" AS longitude, NULL AS deaths
FROM file

-- DuckDB. Events of POLECAT, whose types are those of PLOVER.
SELECT
  "Event ID" AS id, "Event Date" AS day, "Actor Country" AS actor, "Actor Name" AS actor_name,
  "Recipient Country" AS recipient, "Recipient Name" AS recipient_name, NULL AS cameo, upper("Event Type") AS kind,
  NULL AS subkind, '1' AS number, NULL AS sources, "Country" AS country, "Latitude" AS latitude,
  "Longitude" AS longitude, NULL AS deaths
FROM file

-- DuckDB. Events of ACLED; the country of an actor stands in brackets or after "of" in its name.
SELECT
  event_id_cnty AS id, event_date AS day, regexp_extract(actor1, '\(([^()0-9]+)\)|Forces of ([^(]+) \(', 1) AS actor,
  actor1 AS actor_name, regexp_extract(actor2, '\(([^()0-9]+)\)|Forces of ([^(]+) \(', 1) AS recipient,
  actor2 AS recipient_name, NULL AS cameo, event_type AS kind, sub_event_type AS subkind, '1' AS number, NULL AS sources,
  country, latitude, longitude, fatalities AS deaths
FROM file

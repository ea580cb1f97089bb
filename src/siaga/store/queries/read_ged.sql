-- DuckDB. Events of UCDP GED: all of them deadly violence; a government is its country.
SELECT
  id, date_start AS day, regexp_extract(side_a, '^Government of (.+)$', 1) AS actor, side_a AS actor_name,
  regexp_extract(side_b, '^Government of (.+)$', 1) AS recipient, side_b AS recipient_name, NULL AS cameo,
  'ASSAULT' AS kind, NULL AS subkind, '1' AS number, number_of_sources AS sources, country, latitude, longitude,
  best AS deaths
FROM file

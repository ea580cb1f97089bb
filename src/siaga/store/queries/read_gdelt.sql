-- DuckDB. Events of GDELT 1.0; places by FIPS codes.
SELECT
  c0 AS id, c1 AS day, c5 AS actor, c6 AS actor_name, c15 AS recipient, c16 AS recipient_name, c26 AS cameo,
  NULL AS kind, NULL AS subkind, '1' AS number, c32 AS sources, fips.code AS country, c53 AS latitude, c54 AS longitude,
  NULL AS deaths
FROM file
LEFT JOIN fips ON fips.fips = c51

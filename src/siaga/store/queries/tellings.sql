-- DuckDB. Which unit of a kind is told of in which story, by whom, in which week, and whether as one of the types asked for;
-- of some units alone if any are named.
SELECT DISTINCT
  unit,
  story,
  outlet,
  voice,
  date_diff('day', DATE '0001-01-01', day) // 7 AS week,
  getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type) AS asked
FROM (
  SELECT
    story, outlet, voice, day, type,
    unnest(list_distinct(list_filter(
      CASE $kind
        WHEN 'country' THEN [actor, recipient, country]
        WHEN 'directed' THEN [CASE WHEN actor <> recipient THEN actor || '>' || recipient END]
        WHEN 'undirected' THEN [
          CASE WHEN actor <> recipient THEN least(actor, recipient) || '-' || greatest(actor, recipient) END
        ]
        ELSE ['@' || country]
      END,
      lambda one: one IS NOT NULL
    ))) AS unit
  FROM telling
)
WHERE $units IS NULL OR list_contains(CAST($units AS VARCHAR[]), unit)

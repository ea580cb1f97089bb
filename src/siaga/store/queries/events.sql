-- DuckDB. All events that stand, sealed or not, with the periods they fall into; then those that the variables ask for.
CREATE VIEW event AS
SELECT
  *,
  CAST(date_trunc('week', day) AS DATE) AS week,      -- its Monday
  strftime(day, '%Y-%m') AS month,
  strftime(day, '%Y') AS year
FROM (
  SELECT * FROM sealed
  ANTI JOIN withdrawn USING (seq)                     -- a segment is not written again for what no longer stands
  UNION ALL BY NAME
  SELECT * FROM tail
);

CREATE VIEW selected AS
SELECT *
FROM event
WHERE (getvariable('actors') IS NULL OR list_has_any(actors, CAST(getvariable('actors') AS VARCHAR[])))
  AND (getvariable('recipients') IS NULL OR list_has_any(recipients, CAST(getvariable('recipients') AS VARCHAR[])))
  AND (getvariable('types') IS NULL OR list_contains(CAST(getvariable('types') AS VARCHAR[]), type))
  AND (getvariable('statuses') IS NULL OR list_contains(CAST(getvariable('statuses') AS VARCHAR[]), status))
  AND (getvariable('countries') IS NULL OR list_contains(CAST(getvariable('countries') AS VARCHAR[]), country))
  AND (getvariable('languages') IS NULL OR list_contains(CAST(getvariable('languages') AS VARCHAR[]), language))
  AND (getvariable('sources') IS NULL OR list_contains(CAST(getvariable('sources') AS VARCHAR[]), source))
  AND (getvariable('since') IS NULL OR day >= CAST(getvariable('since') AS DATE))
  AND (getvariable('until') IS NULL OR day <= CAST(getvariable('until') AS DATE))
  AND (getvariable('published_since') IS NULL OR substr(published, 1, 10) >= getvariable('published_since'))
  AND (getvariable('published_until') IS NULL OR substr(published, 1, 10) <= getvariable('published_until'))
  AND confidence >= coalesce(CAST(getvariable('least') AS DOUBLE), 0)
  AND (part = 'body' OR getvariable('titles'));

-- A row for each actor, each recipient, or each pair of them; a side on which nobody is known is null. Where parties are
-- asked for, only these have rows.
CREATE VIEW selected_by_actor AS
SELECT *
FROM (
  SELECT *, unnest(CASE WHEN len(actors) = 0 THEN [NULL] ELSE actors END) AS actor
  FROM selected
)
WHERE getvariable('actors') IS NULL OR list_contains(CAST(getvariable('actors') AS VARCHAR[]), actor);

CREATE VIEW selected_by_recipient AS
SELECT *
FROM (
  SELECT *, unnest(CASE WHEN len(recipients) = 0 THEN [NULL] ELSE recipients END) AS recipient
  FROM selected
)
WHERE getvariable('recipients') IS NULL OR list_contains(CAST(getvariable('recipients') AS VARCHAR[]), recipient);

-- Who stands on both sides of an act among several ("A and B met") did not do it to itself.
CREATE VIEW selected_by_pair AS
SELECT *, concat(coalesce(actor, '?'), ' → ', coalesce(recipient, '?')) AS pair
FROM (
  SELECT *, unnest(CASE WHEN len(recipients) = 0 THEN [NULL] ELSE recipients END) AS recipient
  FROM selected_by_actor
)
WHERE (getvariable('recipients') IS NULL OR list_contains(CAST(getvariable('recipients') AS VARCHAR[]), recipient))
  AND (actor IS DISTINCT FROM recipient OR (len(actors) < 2 AND len(recipients) < 2));

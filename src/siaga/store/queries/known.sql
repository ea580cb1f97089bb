-- DuckDB. What articles told by the day `as_of`, copies left out: one row for each actor and recipient, with the day of
-- publication (`told`) and of the act; then the same by pair and by country, and imported events likewise.
CREATE TEMP VIEW known AS
SELECT
  seq, article, source, type, status, actors, recipients, country,
  TRY_CAST(left(published, 10) AS DATE) AS told,
  CASE
    WHEN status = 'happened' THEN least(day, TRY_CAST(left(published, 10) AS DATE))
    ELSE TRY_CAST(left(published, 10) AS DATE)           -- a fear is of the day on which it is told
  END AS day,
  status = 'happened' AND (earliest IS NOT NULL OR latest IS NOT NULL) AS dated,
  confidence >= getvariable('sure') AS sure
FROM event
WHERE part = 'body'
  AND confidence >= getvariable('least')
  AND TRY_CAST(left(published, 10) AS DATE) <= CAST(getvariable('as_of') AS DATE)
  AND article NOT IN (SELECT article FROM copied);

CREATE TEMP VIEW known_sides AS
SELECT *, unnest(CASE WHEN len(recipients) > 0 THEN recipients WHEN country IS NULL THEN [NULL] ELSE [country] END) AS other
FROM (
  SELECT *, unnest(CASE WHEN len(actors) = 0 THEN [NULL] ELSE actors END) AS actor
  FROM known
);

CREATE TEMP VIEW known_of AS
SELECT 'pair' AS kind, least(actor, other) || '-' || greatest(actor, other) AS unit, *
FROM known_sides
WHERE actor <> other
UNION ALL
SELECT 'country' AS kind, unnest(list_distinct([actor, other, country])) AS unit, *
FROM known_sides;

CREATE TEMP VIEW known_lately AS
SELECT * FROM known_of;

CREATE TEMP VIEW imported_of AS
SELECT 'pair' AS kind, least(actor, recipient) || '-' || greatest(actor, recipient) AS unit,
  actor, recipient AS other, type, day, number
FROM imported
WHERE actor <> recipient AND day <= CAST(getvariable('as_of') AS DATE)
UNION ALL
SELECT 'country' AS kind, unnest(list_distinct([actor, recipient, country])) AS unit,
  actor, recipient AS other, type, day, number
FROM imported
WHERE day <= CAST(getvariable('as_of') AS DATE);

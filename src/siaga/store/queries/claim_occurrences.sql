-- DuckDB. What is told of what claims ask for: events of their types that name one of their parties, known by a day.
WITH told AS (
  SELECT *, unnest(list_distinct(list_concat(actors, recipients, CASE WHEN country IS NULL THEN [] ELSE ['@' || country] END))) AS party
  FROM event
  WHERE part = 'body' AND status = 'happened' AND day IS NOT NULL AND left(published, 10) <= $until
)
SELECT DISTINCT
  asked.query, told.id, told.article, told.source, CAST(told.day AS VARCHAR) AS day, left(told.published, 10) AS published,
  told.type, told.status, told.actors, told.recipients, told.country, told.place, told.confidence
FROM told
JOIN asked ON asked.type = told.type AND asked.party = told.party
WHERE told.day <= CAST(asked.last AS DATE) + 30
ORDER BY asked.query, day, told.id

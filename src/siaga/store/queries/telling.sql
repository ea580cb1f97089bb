-- DuckDB. What our articles tell as happened: an article, what it tells of whom, and the story it does so in. A copy tells
-- what its origin tells, in its origin's voice, so that a copy never adds anything. What an imported file tells is `known`.
CREATE VIEW telling AS
SELECT DISTINCT
  CASE WHEN getvariable('each') = 'article' THEN article ELSE story END AS story,
  article, actor, recipient, country, type, outlet, voice, day
FROM (
  SELECT *, unnest(CASE WHEN len(recipients) = 0 THEN [NULL] ELSE recipients END) AS recipient
  FROM (
    SELECT
      standing.story, standing.article, standing.outlet, event.source AS voice, event.country, event.type, event.recipients,
      coalesce(TRY_CAST(standing.published AS DATE), event.day) AS day,
      unnest(CASE WHEN len(event.actors) = 0 THEN [NULL] ELSE event.actors END) AS actor
    FROM (SELECT * FROM event WHERE part = 'body' AND status = 'happened' AND confidence >= getvariable('sure')) AS event
    JOIN (
      SELECT article, origin, story, outlet, published FROM linked
      UNION ALL
      SELECT article, article, article, source, left(published, 10)
      FROM (SELECT DISTINCT article, source, published FROM event)
      ANTI JOIN linked USING (article)
    ) AS standing ON standing.origin = event.article
  )
)
WHERE day IS NOT NULL
  AND (getvariable('until') IS NULL OR day <= CAST(getvariable('until') AS DATE));

CREATE VIEW known AS
SELECT *
FROM imported
WHERE day IS NOT NULL
  AND (getvariable('until') IS NULL OR day <= CAST(getvariable('until') AS DATE))

-- DuckDB. What happened, as it was told or imported: one row for each actor and recipient, on the day it became known, so
-- that a backtest can't see late articles. One article tells a thing once, however often it says it.
CREATE VIEW happening AS
SELECT actor, recipient, country, type, day, CAST(1 AS BIGINT) AS number, outlet, CAST(NULL AS DOUBLE) AS sources
FROM (
  SELECT DISTINCT
    article, actor, recipient, country, type, source AS outlet,
    coalesce(TRY_CAST(left(published, 10) AS DATE), day) AS day
  FROM (
    SELECT *, unnest(CASE WHEN len(recipients) = 0 THEN [NULL] ELSE recipients END) AS recipient
    FROM (
      SELECT *, unnest(CASE WHEN len(actors) = 0 THEN [NULL] ELSE actors END) AS actor
      FROM event
      WHERE part = 'body' AND status = 'happened'
    )
  )
)
UNION ALL
SELECT actor, recipient, country, type, day, number, NULL AS outlet, sources
FROM imported

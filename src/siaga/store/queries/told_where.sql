-- DuckDB. Acts that have a place, told in the body of articles that are no copies of an earlier one, with how they
-- stand: what took place by the article's own word, what lies ahead, and what somebody alleges or denies. By day, so
-- that a window is found without looking at the rest.
CREATE TABLE told_where AS
SELECT
  day, TRY_CAST(left(published, 10) AS DATE) AS published, type, place, country, latitude, longitude, precision,
  hash(article) AS article, source,
  CASE
    WHEN status = 'denied' OR (status = 'happened' AND speaker IS NOT NULL) THEN 'alleged'
    WHEN status = 'happened' THEN 'happened'
    ELSE 'ahead'
  END AS standing
FROM event
WHERE part = 'body'
  AND place IS NOT NULL
  AND day IS NOT NULL
  AND confidence >= $least
  AND article NOT IN (SELECT article FROM copied)
ORDER BY day

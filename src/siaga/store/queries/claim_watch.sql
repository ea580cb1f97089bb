-- DuckDB. How many articles published within the windows of claims tell anything of their parties.
WITH told AS (
  SELECT DISTINCT article, left(published, 10) AS published, party
  FROM (
    SELECT article, published, unnest(list_concat(actors, recipients, CASE WHEN country IS NULL THEN [] ELSE ['@' || country] END)) AS party
    FROM event
    WHERE part = 'body' AND published IS NOT NULL
  )
  WHERE left(published, 10) <= $until
)
SELECT asked.query, count(DISTINCT told.article) AS articles
FROM asked
JOIN told ON told.party = asked.party
  AND told.published BETWEEN asked.first AND strftime(CAST(asked.last AS DATE) + 7, '%Y-%m-%d')
GROUP BY asked.query

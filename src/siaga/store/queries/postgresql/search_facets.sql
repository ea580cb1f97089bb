-- How many of these articles there are of each language, source and week (its Monday), and how many tell acts of each
-- type and in each country; of each kind the most frequent, of weeks the latest.
WITH hit AS MATERIALIZED (
  SELECT seq, language, source, to_char(date_trunc('week', to_date(day, 'YYYY-MM-DD')), 'YYYY-MM-DD') AS week
  FROM json_each(:numbers)
  JOIN article ON article.seq = CAST(value AS bigint)
), told AS MATERIALIZED (
  SELECT DISTINCT article, type, country
  FROM hit
  JOIN event ON event.article = hit.seq
  WHERE part = 'body'
), counted AS (
  SELECT 'language' AS facet, language AS name, count(*) AS articles FROM hit GROUP BY language
  UNION ALL
  SELECT 'source', source, count(*) FROM hit GROUP BY source
  UNION ALL
  SELECT 'week', week, count(*) FROM hit GROUP BY week
  UNION ALL
  SELECT 'type', type, count(DISTINCT article) FROM told GROUP BY type
  UNION ALL
  SELECT 'country', country, count(DISTINCT article) FROM told GROUP BY country
)
SELECT facet, name, articles
FROM (
  SELECT *, row_number() OVER (PARTITION BY facet ORDER BY CASE WHEN facet = 'week' THEN name ELSE '' END DESC, articles DESC, name) AS place
  FROM counted
  WHERE name IS NOT NULL
) AS ranked
WHERE place <= :most
ORDER BY facet, place

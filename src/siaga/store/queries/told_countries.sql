-- DuckDB. How much is told of what takes place in each country on these days: events, articles and outlets that tell it.
SELECT country, count(*) AS events, count(DISTINCT article) AS articles, count(DISTINCT source) AS outlets
FROM told_where
WHERE country IS NOT NULL
  AND day BETWEEN CAST($since AS DATE) AND CAST($until AS DATE)
  AND published <= CAST($as_of AS DATE)
  AND ($type IS NULL OR type = $type)
GROUP BY country
ORDER BY events DESC, country

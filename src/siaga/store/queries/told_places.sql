-- DuckDB. The same by place and standing; of a place with several names the one that is used most.
SELECT
  mode(place) AS place, country, latitude, longitude, precision, standing,
  count(*) AS events, count(DISTINCT source) AS outlets
FROM told_where
WHERE latitude IS NOT NULL
  AND longitude IS NOT NULL
  AND day BETWEEN CAST($since AS DATE) AND CAST($until AS DATE)
  AND published <= CAST($as_of AS DATE)
  AND ($type IS NULL OR type = $type)
  AND ($country IS NULL OR country = $country)
GROUP BY country, latitude, longitude, precision, standing
ORDER BY events DESC, country, latitude, longitude, standing
LIMIT $most

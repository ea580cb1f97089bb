-- How many articles each outlet published on each of these days.
SELECT source, day, count(*)
FROM article
WHERE day BETWEEN :since AND :until AND source IS NOT NULL
GROUP BY source, day
ORDER BY source, day

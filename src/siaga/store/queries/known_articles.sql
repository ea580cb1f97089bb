-- Articles that were published by a day, by day and outlet.
SELECT day, source, count(*)
FROM article
WHERE day <= :as_of
GROUP BY day, source
ORDER BY day, source NULLS FIRST

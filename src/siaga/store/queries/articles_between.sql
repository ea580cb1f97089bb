-- How many articles were published within these days.
SELECT count(*)
FROM article
WHERE day BETWEEN :since AND :until

-- What is kept of the articles of these days, by number.
SELECT article, record
FROM trait
WHERE day BETWEEN :since AND :until
ORDER BY article

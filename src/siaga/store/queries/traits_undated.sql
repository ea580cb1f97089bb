-- What is kept of the latest articles that have no day, by number.
SELECT article, record
FROM (SELECT article, record FROM trait WHERE day IS NULL ORDER BY article DESC LIMIT :most) AS latest
ORDER BY article

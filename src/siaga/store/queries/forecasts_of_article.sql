-- The forecasts of an article, in their order.
SELECT record
FROM forecast
WHERE article = ?
ORDER BY position

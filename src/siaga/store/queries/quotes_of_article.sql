-- The quotes of an article, in their order.
SELECT record
FROM quote
WHERE article = ?
ORDER BY position

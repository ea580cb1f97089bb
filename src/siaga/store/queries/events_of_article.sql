-- The events of a part of an article, in their order.
SELECT record
FROM event
WHERE article = ?
  AND part = ?
ORDER BY position

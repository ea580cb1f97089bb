-- The acts that a story tells of, the most told first.
SELECT record
FROM incident
WHERE story = ?
ORDER BY position

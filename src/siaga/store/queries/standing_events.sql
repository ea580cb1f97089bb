-- The events of an article that stand, each with its number, those of the body first.
SELECT seq, part, record
FROM event
WHERE article = ?
ORDER BY part, position

-- The number of the event with this id.
SELECT seq
FROM event
WHERE id = ?

-- The correction with this id.
SELECT record
FROM correction
WHERE id = ?

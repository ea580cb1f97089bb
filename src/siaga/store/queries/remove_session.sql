-- Remove a session.
DELETE FROM session
WHERE hash = ?

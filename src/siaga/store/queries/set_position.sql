-- The place of an event among those of its part.
UPDATE event
SET position = ?
WHERE seq = ?

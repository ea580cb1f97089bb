-- Note that a session was seen.
UPDATE session
SET seen = :moment
WHERE hash = :hash AND seen < :moment

-- Note that a token was used.
UPDATE token
SET used = :moment
WHERE id = :id AND coalesce(used, '') < :moment

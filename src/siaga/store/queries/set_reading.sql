-- Who read an article, and when.
UPDATE reading
SET reader = ?, saved = ?
WHERE article = ?

-- The id, if an article has it, or had it until it was taken down.
SELECT id FROM article WHERE id = :id
UNION
SELECT name FROM forgotten WHERE kind = 'article' AND name = :id

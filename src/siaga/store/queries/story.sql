-- A story.
SELECT record
FROM story
WHERE id = ?

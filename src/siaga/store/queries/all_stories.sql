-- Every story, by its first day.
SELECT record
FROM story
ORDER BY first IS NULL, first, id

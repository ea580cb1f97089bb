-- What became of a story, and of others in it.
SELECT kind, story, other, moment
FROM story_change
WHERE story = :story OR other = :story
ORDER BY number

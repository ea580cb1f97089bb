-- Of these ids, those of stories that stand, and those that were merged into others or split off once.
SELECT story.id, 1
FROM story
WHERE story.id IN (SELECT value FROM json_each(:ids))
UNION
SELECT story_change.story, 0
FROM story_change
WHERE story_change.story IN (SELECT value FROM json_each(:ids))

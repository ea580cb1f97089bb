-- Every incident, story by story.
SELECT record
FROM incident
ORDER BY story, position

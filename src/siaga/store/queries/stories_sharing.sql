-- Other stories that tell an act that any of these tells, as they were told last.
SELECT DISTINCT other.story
FROM json_each(:stories) AS wanted
JOIN incident ON incident.story = wanted.value
JOIN incident AS other ON other.id = incident.id AND other.story <> incident.story
ORDER BY other.story

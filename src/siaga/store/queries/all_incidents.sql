-- Every incident, story by story; one that several stories tell as the story has it that has most mentions of it.
SELECT record
FROM (
  SELECT record, story, position, row_number() OVER (
    PARTITION BY id
    ORDER BY json_array_length(record, '$.events') DESC, story
  ) AS place
  FROM incident
) AS told
WHERE place = 1
ORDER BY story, position

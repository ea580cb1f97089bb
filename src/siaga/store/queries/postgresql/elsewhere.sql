-- Articles of other stories that tell of one of these happenings (type, town, day), the first published first.
SELECT story, id, published
FROM (
  SELECT DISTINCT story_article.story, article.id, article.published
  FROM json_each(:happenings) AS wanted
  JOIN event
    ON event.type = wanted.value::json ->> 0
    AND event.earliest = wanted.value::json ->> 2
    AND lower(event.place) = lower(wanted.value::json ->> 1)
    AND event.latest = event.earliest
    AND event.precision IN ('site', 'city')
    AND event.part = 'body'
  JOIN article ON article.seq = event.article
  JOIN story_article ON story_article.article = article.seq
  WHERE story_article.story <> :story
) AS told
ORDER BY published IS NULL, published, id
LIMIT :most

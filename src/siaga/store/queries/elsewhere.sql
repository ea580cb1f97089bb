-- Articles of other stories that tell of one of these happenings (type, town, day), the first published first.
SELECT DISTINCT story_article.story, article.id, article.published
FROM json_each(:happenings) AS wanted
JOIN event
  ON event.type = wanted.value ->> 0
  AND event.earliest = wanted.value ->> 2
  AND event.place = wanted.value ->> 1 COLLATE NOCASE
  AND event.latest = event.earliest
  AND event.precision IN ('site', 'city')
  AND event.part = 'body'
JOIN article ON article.seq = event.article
JOIN story_article ON story_article.article = article.seq
WHERE story_article.story <> :story
ORDER BY article.published IS NULL, article.published, article.id
LIMIT :most

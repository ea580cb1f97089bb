-- Events of a range of numbers, one row each, with the head of their article; lists are joined by `:joined`.
SELECT
  event.seq,
  event.id,
  article.id AS article,
  article.source,
  article.url,
  article.title,
  article.language,
  article.published,
  reading.reader,
  event.part,
  event.type,
  event.mode,
  event.contexts,
  event.status,
  (
    SELECT string_agg(code, :joined ORDER BY position)
    FROM event_party
    WHERE event = event.seq AND side = 'actor'
  ) AS actors,
  (
    SELECT string_agg(code, :joined ORDER BY position)
    FROM event_party
    WHERE event = event.seq AND side = 'recipient'
  ) AS recipients,
  event.place,
  event.country,
  event.latitude,
  event.longitude,
  event.precision,
  event.day,
  event.earliest,
  event.latest,
  event.speaker,
  event.medium,
  event.confidence,
  event.rule,
  event.record ->> '$.evidence.text' AS sentence
FROM event
JOIN article ON article.seq = event.article
JOIN reading ON reading.article = event.article
WHERE event.seq BETWEEN :first AND :last
ORDER BY event.seq

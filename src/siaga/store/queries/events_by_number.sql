-- Events with the head of their article, by a JSON array of numbers, in its order.
SELECT
  event.record, event.part, article.id, url, source, title, language, published, published_basis, reading.reader
FROM json_each(?) AS asked
JOIN event ON event.seq = CAST(asked.value AS BIGINT)
JOIN article ON article.seq = event.article
JOIN reading ON reading.article = article.seq
ORDER BY asked.key

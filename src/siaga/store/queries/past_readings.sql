-- The readings of an article that another took the place of, oldest first.
SELECT past_reading.reader, past_reading.saved, replaced, record
FROM past_reading
JOIN article ON article.seq = past_reading.article
WHERE article.id = ?
ORDER BY number

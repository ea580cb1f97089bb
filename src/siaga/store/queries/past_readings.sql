-- The readings of an article that another took the place of, oldest first.
SELECT reader, saved, replaced, past_reading.record
FROM past_reading
JOIN article ON article.seq = past_reading.article
WHERE article.id = ?
ORDER BY number

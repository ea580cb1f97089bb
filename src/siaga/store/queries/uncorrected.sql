-- What the reader itself found in an article that has corrections.
SELECT uncorrected.record
FROM uncorrected
JOIN article ON article.seq = uncorrected.article
WHERE article.id = ?

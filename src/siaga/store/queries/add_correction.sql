-- A correction of an article.
INSERT INTO correction (id, article, kind, analyst, moment, record)
SELECT ?, seq, ?, ?, ?, ?
FROM article
WHERE article.id = ?

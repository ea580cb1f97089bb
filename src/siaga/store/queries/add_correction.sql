-- A correction, unless the very same is there.
INSERT INTO correction (id, article, kind, analyst, moment, record)
SELECT ?, seq, ?, ?, ?, ?
FROM article
WHERE article.id = ?
ON CONFLICT (id) DO NOTHING

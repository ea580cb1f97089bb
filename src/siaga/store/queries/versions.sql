-- What happened to an article, oldest first.
SELECT version.number, version.kind, version.moment, version.title, version.text
FROM version
JOIN article ON article.seq = version.article
WHERE article.id = ?
ORDER BY version.number

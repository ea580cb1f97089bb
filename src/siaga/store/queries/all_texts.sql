-- Every text of articles, the earlier ones as well, with source and title.
SELECT source, title, text FROM article WHERE id IN (SELECT value FROM json_each(:articles))
UNION ALL
SELECT article.source, version.title, version.text
FROM version
JOIN article ON article.seq = version.article
WHERE article.id IN (SELECT value FROM json_each(:articles)) AND version.text IS NOT NULL

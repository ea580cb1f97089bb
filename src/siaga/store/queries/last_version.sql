-- What last happened to an article.
SELECT kind FROM version WHERE article = ? ORDER BY number DESC LIMIT 1

-- The title and the text that are stored of an article.
SELECT title, text FROM article WHERE id = ?

-- Who read the article that is stored under an id, its language, and whether it has this text.
SELECT reading.reader, article.language, article.text = :text
FROM article
JOIN reading ON reading.article = article.seq
WHERE article.id = :id

-- What is kept of these articles.
SELECT trait.article, trait.record
FROM json_each(:articles) AS wanted
JOIN article ON article.id = wanted.value
JOIN trait ON trait.article = article.seq
ORDER BY wanted.key

-- Some of the articles with these words, each with the text that a snippet is cut from.
SELECT
  article.seq, article.id, url, source, article.title, language, published, published_basis, reading.reader, article.text
FROM article
JOIN reading ON reading.article = article.seq
WHERE words @@ CAST(:words ->> '$.query' AS tsquery)
  AND article.seq IN (SELECT CAST(value AS bigint) FROM json_each(:numbers))

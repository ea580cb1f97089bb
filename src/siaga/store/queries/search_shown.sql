-- Some of the articles with these words, with the stretch of each that fits best.
SELECT
  article.seq, article.id, url, source, article.title, language, published, published_basis, reading.reader,
  snippet(article_words, 1, char(2), char(3), '…', 32)
FROM article_words
JOIN article ON article.seq = article_words.rowid
JOIN reading ON reading.article = article.seq
WHERE article_words MATCH :words AND article_words.rowid IN (SELECT CAST(value AS BIGINT) FROM json_each(:numbers))

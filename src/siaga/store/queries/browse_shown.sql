-- Some articles, each with the beginning of its text.
SELECT
  article.seq, article.id, url, source, title, language, published, published_basis, reading.reader,
  substr(text, 1, 200) || CASE WHEN length(text) > 200 THEN '…' ELSE '' END
FROM article
JOIN reading ON reading.article = article.seq
WHERE article.seq IN (SELECT CAST(value AS BIGINT) FROM json_each(:numbers))

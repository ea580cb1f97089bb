-- The article under an id, as it was read.
SELECT
  article.seq, id, url, source, title, language, published, published_basis, text, dropped, reading.reader, warnings,
  about
FROM article
JOIN reading ON reading.article = article.seq
WHERE id = ?

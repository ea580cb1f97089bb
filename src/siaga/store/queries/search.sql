-- Articles with these words, best first: BM25, a word in the title counting four times as much as one in the text.
SELECT
  article.id,
  url,
  source,
  article.title,
  language,
  published,
  published_basis,
  reading.reader,
  snippet(article_words, 1, char(2), char(3), '…', 32)
FROM article_words
JOIN article ON article.seq = article_words.rowid
JOIN reading ON reading.article = article.seq
WHERE article_words MATCH :words
  AND (:since IS NULL OR day >= :since)
  AND (:until IS NULL OR day <= :until)
  AND (:source IS NULL OR source = :source)
  AND (:language IS NULL OR language = :language)
ORDER BY bm25(article_words, 4.0, 1.0), article.seq
LIMIT :most

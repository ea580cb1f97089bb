-- Numbers of the articles with these words that fit the conditions, from a number on: best first, or newest first.
SELECT article.seq
FROM article_words
JOIN article ON article.seq = article_words.rowid
WHERE article_words MATCH :words
  AND article_words.rowid >= :least
  AND (:since IS NULL OR day >= :since)
  AND (:until IS NULL OR day <= :until)
  AND (:source IS NULL OR source = :source)
  AND (:language IS NULL OR language = :language)
  AND (
    (:type IS NULL AND :country IS NULL)
    OR EXISTS (
      SELECT 1
      FROM event
      WHERE event.article = article.seq
        AND part = 'body'
        AND (:type IS NULL OR type = :type)
        AND (:country IS NULL OR country = :country)
    )
  )
ORDER BY CASE WHEN :newest = 1 THEN day END DESC, bm25(article_words, 4.0, 1.0), article.seq

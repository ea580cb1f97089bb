-- The same of one outlet, found by its index.
SELECT seq
FROM article
WHERE day IS NOT NULL
  AND (:since IS NULL OR day >= :since)
  AND (:until IS NULL OR day <= :until)
  AND source = :source
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
ORDER BY day DESC, seq DESC
LIMIT :reach

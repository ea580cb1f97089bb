-- Heads of the articles that meet every condition that is given, the latest published first, from a place in that order on.
SELECT
  article.day, article.seq,
  article.id, article.url, article.source, article.title, article.language, article.published,
  article.published_basis, reading.reader
FROM article
LEFT JOIN reading ON reading.article = article.seq
WHERE (:since IS NULL OR article.day >= :since)
  AND (:until IS NULL OR article.day <= :until)
  AND (:sources IS NULL OR article.source IN (SELECT value FROM json_each(:sources)))
  AND (:languages IS NULL OR article.language IN (SELECT value FROM json_each(:languages)))
  AND (
    :after_seq IS NULL
    OR article.day < :after_day
    OR (article.day IS NOT DISTINCT FROM :after_day AND article.seq < :after_seq)
    OR (article.day IS NULL AND :after_day IS NOT NULL)
  )
ORDER BY article.day DESC NULLS LAST, article.seq DESC

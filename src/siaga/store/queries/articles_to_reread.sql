-- Articles that the reader of today has not read, or all of them, that meet the conditions, in the order in which they
-- were saved; those whose text was removed can't be.
SELECT article.id
FROM article
JOIN reading ON reading.article = article.seq
WHERE (
    :every = 1
    OR reading.reader IS DISTINCT FROM coalesce(
      :readers ->> ('$.' || article.language),
      :otherwise
    )
  )
  AND article.text <> ''
  AND (:ids IS NULL OR article.id IN (SELECT value FROM json_each(:ids)))
  AND (:languages IS NULL OR article.language IN (SELECT value FROM json_each(:languages)))
  AND (:sources IS NULL OR article.source IN (SELECT value FROM json_each(:sources)))
  AND (:since IS NULL OR article.day >= :since)
  AND (:until IS NULL OR article.day <= :until)
ORDER BY article.seq

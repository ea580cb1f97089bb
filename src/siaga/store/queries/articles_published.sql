-- Ids of the articles published on the days of a window, by day; null is no condition, lists are JSON arrays.
SELECT article.id
FROM article
JOIN reading ON reading.article = article.seq
WHERE day BETWEEN :since AND :until
  AND (:sources IS NULL OR source IN (SELECT value FROM json_each(:sources)))
  AND (:languages IS NULL OR language IN (SELECT value FROM json_each(:languages)))
ORDER BY day, article.seq

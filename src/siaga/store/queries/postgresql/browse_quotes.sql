-- Quotes that meet every condition that is given, the latest published first, from a place in that order on.
SELECT
  article.day, article.seq, quote.position, quote.record,
  article.id, article.url, article.source, article.title, article.language, article.published,
  article.published_basis, reading.reader
FROM article
JOIN quote ON quote.article = article.seq
LEFT JOIN reading ON reading.article = article.seq
WHERE (:since IS NULL OR article.day >= :since)
  AND (:until IS NULL OR article.day <= :until)
  AND (:sources IS NULL OR article.source IN (SELECT value FROM json_each(:sources)))
  AND (:languages IS NULL OR article.language IN (SELECT value FROM json_each(:languages)))
  AND (:article IS NULL OR article.id = :article)
  AND (:codes IS NULL OR quote.code IN (SELECT value FROM json_each(:codes)))
  AND (:speaker IS NULL OR instr(lower(quote.speaker), lower(:speaker)) > 0)
  AND (
    :after_seq IS NULL
    OR article.day < :after_day
    OR (article.day IS NOT DISTINCT FROM :after_day AND article.seq < :after_seq)
    OR (article.seq = :after_seq AND quote.position > :after_position)
    OR (article.day IS NULL AND :after_day IS NOT NULL)
  )
ORDER BY article.day DESC NULLS LAST, article.seq DESC, quote.position

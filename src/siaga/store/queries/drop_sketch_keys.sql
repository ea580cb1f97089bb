-- Forget the keys of an article.
DELETE FROM sketch_key
WHERE key IN (SELECT CAST(value AS BIGINT) FROM json_each(:keys))
  AND article = :article

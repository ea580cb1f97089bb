-- Forget the keys of an article.
DELETE FROM sketch_key
WHERE key IN (SELECT value FROM json_each(:keys))
  AND article = :article

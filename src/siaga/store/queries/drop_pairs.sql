-- Forget the pairs of an article.
DELETE FROM pair
WHERE a = :article OR b = :article

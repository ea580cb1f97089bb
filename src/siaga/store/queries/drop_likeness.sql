-- Forget with which others an article was alike.
DELETE FROM likeness
WHERE a = :article OR b = :article

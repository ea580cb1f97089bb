-- That an article was looked through for claims.
INSERT INTO claim_read (article, saved)
SELECT seq, :saved
FROM article
WHERE id = :article
ON CONFLICT DO NOTHING

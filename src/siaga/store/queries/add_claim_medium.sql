-- That an article carries a claim; again, it changes nothing.
INSERT INTO claim_medium (claim, article, entered)
SELECT :claim, seq, :entered
FROM article
WHERE id = :article
  AND NOT EXISTS (SELECT 1 FROM claim_medium WHERE claim = :claim AND article = article.seq)

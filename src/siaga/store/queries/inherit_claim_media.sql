-- The articles that carry a claim carry the one that takes its place.
INSERT INTO claim_medium (claim, article, entered)
SELECT :claim, claim_medium.article, claim_medium.entered
FROM claim_medium
JOIN claim ON claim.number = claim_medium.claim
WHERE claim.id = :old

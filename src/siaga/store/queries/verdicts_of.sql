-- All verdicts of a claim, by the day whose knowledge they rest on.
SELECT claim_verdict.record
FROM claim_verdict
JOIN claim ON claim.number = claim_verdict.claim
WHERE claim.id = ?
ORDER BY claim_verdict.as_of, claim_verdict.number

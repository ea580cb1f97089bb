-- One claim by its id, or by the beginning of it where that is one only.
SELECT claim.number, claim.record, claim.entered, claim.supersedes, newer.id
FROM claim
LEFT JOIN claim AS newer ON newer.supersedes = claim.id
WHERE claim.id = :id

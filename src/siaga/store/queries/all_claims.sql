-- The ledger, in order: every claim with the one that took its place.
SELECT claim.number, claim.record, claim.entered, claim.supersedes, newer.id
FROM claim
LEFT JOIN claim AS newer ON newer.supersedes = claim.id
WHERE :until IS NULL OR claim.made IS NULL OR claim.made <= :until
ORDER BY claim.number

-- Claims that are open by what was known on a day and name an end, each with that verdict, those that end first first.
SELECT claim.number, claim.record, claim.entered, claim.supersedes, NULL, last.record
FROM claim
JOIN claim_verdict AS last ON last.number = (
  SELECT number
  FROM claim_verdict
  WHERE claim_verdict.claim = claim.number AND as_of <= :as_of
  ORDER BY as_of DESC, number DESC
  LIMIT 1
)
WHERE last.outcome = 'open'
  AND (made IS NULL OR made <= :as_of)
  AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
  AND claim.record ->> '$.latest' IS NOT NULL
ORDER BY claim.record ->> '$.latest', claim.number
LIMIT :most

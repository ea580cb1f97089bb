-- How many claims that stand have each outcome by what was known on a day, the most frequent first.
WITH last AS (
  SELECT claim, outcome, row_number() OVER (PARTITION BY claim ORDER BY as_of DESC, number DESC) AS place
  FROM claim_verdict
  WHERE as_of <= :as_of
)
SELECT
  coalesce(last.outcome, iif(claim.record ->> '$.reason' IS NULL, 'no_verdict', 'not_resolvable')) AS outcome,
  count(*) AS claims
FROM claim
LEFT JOIN last ON last.claim = claim.number AND last.place = 1
WHERE (made IS NULL OR made <= :as_of)
  AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
GROUP BY 1
ORDER BY claims DESC, outcome

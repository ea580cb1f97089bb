-- How many claims that stand have each outcome by what was known on a day, the most frequent first.
SELECT
  coalesce((
    SELECT outcome
    FROM claim_verdict
    WHERE claim_verdict.claim = claim.number AND as_of <= :as_of
    ORDER BY as_of DESC, number DESC
    LIMIT 1
  ), CASE WHEN claim.record ->> '$.reason' IS NULL THEN 'no_verdict' ELSE 'not_resolvable' END) AS outcome,
  count(*) AS claims
FROM claim
WHERE (made IS NULL OR made <= :as_of)
  AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
GROUP BY 1
ORDER BY claims DESC, outcome

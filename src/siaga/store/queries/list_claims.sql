-- Claims that stand, each with its last verdict by what was known on a day, the latest said first.
WITH last AS (
  SELECT claim, outcome, record, row_number() OVER (PARTITION BY claim ORDER BY as_of DESC, number DESC) AS place
  FROM claim_verdict
  WHERE as_of <= :as_of
), standing AS (
  SELECT
    claim.*, last.record AS verdict,
    coalesce(last.outcome, iif(claim.record ->> '$.reason' IS NULL, 'no_verdict', 'not_resolvable')) AS outcome
  FROM claim
  LEFT JOIN last ON last.claim = claim.number AND last.place = 1
  WHERE (made IS NULL OR made <= :as_of)
    AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
)
SELECT number, record, entered, supersedes, NULL, verdict
FROM standing
WHERE (:outcomes IS NULL OR outcome IN (SELECT value FROM json_each(:outcomes)))
  AND (NOT :by_deadline OR record ->> '$.latest' IS NOT NULL)
  AND (:kind IS NULL OR kind = :kind)
  AND (:since IS NULL OR made >= :since)
  AND (:until IS NULL OR made <= :until)
  AND (:speaker IS NULL OR instr(lower(record ->> '$.speaker'), lower(:speaker)) > 0)
  AND (
    :code IS NULL OR record ->> '$.country' = :code
    OR :code IN (SELECT value FROM json_each(record, '$.actors') UNION ALL SELECT value FROM json_each(record, '$.recipients'))
  )
ORDER BY
  CASE WHEN :by_deadline THEN record ->> '$.latest' END,
  made DESC, number DESC
LIMIT :most OFFSET :first

-- Claims that stand, each with its last verdict by what was known on a day, the latest said first. Which they are is
-- found by their numbers, so that only what is listed is read.
WITH chosen AS MATERIALIZED (
  SELECT
    claim.number, claim.made,
    (
      SELECT number
      FROM claim_verdict
      WHERE claim_verdict.claim = claim.number AND as_of <= :as_of
      ORDER BY as_of DESC, number DESC
      LIMIT 1
    ) AS verdict
  FROM claim
  WHERE (made IS NULL OR made <= :as_of)
    AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
    AND (
      :outcomes IS NULL
      OR coalesce(
        (
          SELECT outcome
          FROM claim_verdict
          WHERE claim_verdict.claim = claim.number AND as_of <= :as_of
          ORDER BY as_of DESC, number DESC
          LIMIT 1
        ),
        CASE WHEN claim.record ->> '$.reason' IS NULL THEN 'no_verdict' ELSE 'not_resolvable' END
      ) IN (SELECT value FROM json_each(:outcomes))
    )
    AND (:kind IS NULL OR kind = :kind)
    AND (:since IS NULL OR made >= :since)
    AND (:until IS NULL OR made <= :until)
    AND (:speaker IS NULL OR instr(lower(claim.record ->> '$.speaker'), lower(:speaker)) > 0)
    AND (
      :code IS NULL
      OR claim.record ->> '$.country' = :code
      OR :code IN (SELECT value FROM json_each(claim.record, '$.actors'))
      OR :code IN (SELECT value FROM json_each(claim.record, '$.recipients'))
    )
  ORDER BY claim.made DESC NULLS LAST, claim.number DESC
  LIMIT :most OFFSET :first
)
SELECT claim.number, claim.record, claim.entered, claim.supersedes, NULL, last.record
FROM chosen
JOIN claim ON claim.number = chosen.number
LEFT JOIN claim_verdict AS last ON last.number = chosen.verdict
ORDER BY chosen.made DESC NULLS LAST, chosen.number DESC

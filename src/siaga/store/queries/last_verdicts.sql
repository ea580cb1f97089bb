-- The last verdict of each claim by what was known on a day or before.
SELECT claim.id, claim_verdict.record
FROM claim_verdict
JOIN claim ON claim.number = claim_verdict.claim
WHERE claim_verdict.number IN (
  SELECT number
  FROM (
    SELECT number, row_number() OVER (PARTITION BY claim ORDER BY as_of DESC, number DESC) AS place
    FROM claim_verdict
    WHERE as_of <= :until
  ) AS ranked
  WHERE place = 1
)

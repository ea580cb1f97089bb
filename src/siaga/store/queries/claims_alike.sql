-- Claims that may be the same as one of an article: of the same kind and type, in a copy of its text or made in those
-- days; with whether they stand in a copy of its text.
SELECT
  claim.number,
  claim.record,
  max(
    CASE
      WHEN claim_medium.article = own.seq
        OR other.lineage = link.lineage
        OR claim.record ->> '$.evidence.text' = :sentence
      THEN 1
      ELSE 0
    END
  ) AS same_text
FROM claim
JOIN claim_medium ON claim_medium.claim = claim.number
JOIN article AS own ON own.id = :article
LEFT JOIN lineage_link AS link ON link.article = own.seq
LEFT JOIN lineage_link AS other ON other.article = claim_medium.article
WHERE claim.kind = :kind
  AND claim.type = :type
  AND claim.made BETWEEN date(:made, '-31 days') AND date(:made, '+31 days')
  AND NOT EXISTS (SELECT 1 FROM claim AS newer WHERE newer.supersedes = claim.id)
GROUP BY claim.number
ORDER BY claim.number

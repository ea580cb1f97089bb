-- What came of a claim.
INSERT INTO claim_verdict (claim, as_of, outcome, saved, record)
SELECT number, :as_of, :outcome, :saved, :record
FROM claim
WHERE id = :claim

-- A listing could not be had; it is looked at again then.
UPDATE listing
SET looked = :now, failures = failures + 1, reason = :reason, due = :due, leased = NULL
WHERE url = :url AND kind = :kind

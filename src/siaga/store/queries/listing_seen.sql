-- How far a listing was seen.
UPDATE listing
SET etag = :etag, modified = :modified, looked = :now, succeeded = :now, failures = 0, reason = NULL, due = :due,
    leased = NULL
WHERE url = :url AND kind = :kind

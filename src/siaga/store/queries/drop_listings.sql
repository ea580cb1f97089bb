-- Listings that no source has any more go; those of a backfill stay until they are done.
DELETE FROM listing
WHERE kind <> 'archive'
  AND url NOT IN (SELECT value FROM json_each(?))

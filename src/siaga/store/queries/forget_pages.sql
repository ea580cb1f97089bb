-- Pages that were taken down are never due.
UPDATE page
SET state = 'forgotten', due = NULL, leased = NULL, etag = NULL, modified = NULL, reason = NULL
WHERE url IN (SELECT value FROM json_each(?))

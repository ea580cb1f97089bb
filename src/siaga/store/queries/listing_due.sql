-- The listing of a host that has waited longest, if one is due.
SELECT url, source, host, kind, etag, modified, failures, since, looked
FROM listing
WHERE host = :host AND due <= :now AND (leased IS NULL OR leased <= :now)
ORDER BY due
LIMIT 1

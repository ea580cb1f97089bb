-- The page of a host that is to be fetched next: new ones first, the newest first, then those to be looked at again.
SELECT url, source, host, 'page', etag, modified, attempts, NULL, fetched
FROM page
WHERE host = :host AND due <= :now AND (leased IS NULL OR leased <= :now)
ORDER BY article IS NOT NULL, coalesce(listed, found) DESC, found
LIMIT 1

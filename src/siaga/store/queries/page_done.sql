-- A page was fetched, and this article is on it; it is looked at again then.
UPDATE page
SET state = :state, fetched = :now, due = :due, leased = NULL, attempts = 0, etag = :etag, modified = :modified,
    article = coalesce(:article, article), reason = :reason, checks = checks + CASE WHEN article IS NULL THEN 0 ELSE 1 END
WHERE url = :url

-- A page could not be had; it is tried again then, or given up where there is no then.
UPDATE page
SET attempts = attempts + 1, reason = :reason, due = :due, leased = NULL, fetched = coalesce(fetched, :now),
    state = CASE WHEN :due IS NOT NULL THEN state WHEN article IS NOT NULL THEN 'done' ELSE 'given_up' END
WHERE url = :url

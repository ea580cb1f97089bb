-- Lists of a source that can't be had, and why.
SELECT url, failures, reason FROM listing WHERE source = ? AND failures > 0 ORDER BY failures DESC

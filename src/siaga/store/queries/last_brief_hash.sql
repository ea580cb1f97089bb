-- The hash at the end of the chain.
SELECT hash FROM brief_version ORDER BY number DESC LIMIT 1

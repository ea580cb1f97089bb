-- How many addresses of a source are still to be fetched, and were given up.
SELECT
  count(*) FILTER (WHERE state = 'waiting'),
  count(*) FILTER (WHERE state = 'given_up')
FROM page
WHERE source = ?

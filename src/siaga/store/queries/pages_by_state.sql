-- How many addresses wait, are done, and were given up.
SELECT
  count(*) FILTER (WHERE state = 'waiting'),
  count(*) FILTER (WHERE state = 'done'),
  count(*) FILTER (WHERE state = 'given_up')
FROM page

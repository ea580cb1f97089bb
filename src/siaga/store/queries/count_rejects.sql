-- How many inputs could not be used.
SELECT count(*) FROM reject

-- How many inputs could not be used, by stage and reason.
SELECT stage, reason, count(*) FROM reject GROUP BY stage, reason ORDER BY stage, reason

-- When the last daily step that was done began.
SELECT began FROM daily_run WHERE ended IS NOT NULL ORDER BY number DESC LIMIT 1

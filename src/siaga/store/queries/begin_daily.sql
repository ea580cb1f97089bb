-- A daily step begins.
INSERT INTO daily_run (as_of, began) VALUES (:as_of, :began) RETURNING number

-- A daily step is done.
UPDATE daily_run SET ended = :ended, record = :record WHERE number = :number

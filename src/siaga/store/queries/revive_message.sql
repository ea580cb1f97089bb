-- Try again what was given up.
UPDATE outbox SET state = 'waiting', due = :now, attempts = 0, ended = NULL WHERE key = :key AND state = 'dead'
RETURNING number

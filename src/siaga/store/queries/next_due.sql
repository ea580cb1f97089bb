-- When the next message is due.
SELECT min(due) FROM outbox WHERE state = 'waiting'

-- Say what came of a message.
UPDATE outbox
SET state = :state, attempts = attempts + 1, due = coalesce(:due, due), leased = NULL, told = :told, ended = :ended
WHERE number = :number

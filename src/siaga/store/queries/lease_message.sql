-- Take a message until a moment.
UPDATE outbox SET leased = :until WHERE number = :number

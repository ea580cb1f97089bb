-- Free what a sender before us had taken.
UPDATE outbox SET leased = NULL WHERE state = 'waiting' AND leased IS NOT NULL

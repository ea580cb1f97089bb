-- Put a message into the outbox; the same key is there once.
INSERT INTO outbox (key, alert, target, escalated, state, due)
VALUES (:key, :alert, :target, :escalated, 'waiting', :due)
ON CONFLICT (key) DO NOTHING
RETURNING number

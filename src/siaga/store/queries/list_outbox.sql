-- What waits, what was given up and what was sent, in that order, the latest first.
SELECT key, alert, target, escalated, state, attempts, due, told, ended
FROM outbox
WHERE (:state IS NULL OR state = :state)
ORDER BY state = 'dead' DESC, state = 'waiting' DESC, number DESC
LIMIT :most

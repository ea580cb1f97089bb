-- What is to be sent by now, the longest due first.
SELECT outbox.number, key, target, escalated, attempts, record
FROM outbox
JOIN alert ON alert.id = outbox.alert
WHERE state = 'waiting' AND due <= :now AND (leased IS NULL OR leased <= :now)
ORDER BY due, outbox.number
LIMIT :most

-- The alerts that were sent to a target, the latest first.
SELECT outbox.key, alert.record
FROM outbox
JOIN alert ON alert.id = outbox.alert
WHERE target = :target AND (state = 'sent' OR key = :key)
ORDER BY outbox.number DESC
LIMIT :most

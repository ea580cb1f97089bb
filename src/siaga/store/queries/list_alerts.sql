-- Alerts, the latest first, with who took notice and how many of their messages are in which state.
SELECT
  record,
  who,
  moment,
  note,
  (SELECT count(*) FROM outbox WHERE outbox.alert = alert.id AND state = 'sent'),
  (SELECT count(*) FROM outbox WHERE outbox.alert = alert.id AND state = 'waiting'),
  (SELECT count(*) FROM outbox WHERE outbox.alert = alert.id AND state = 'dead')
FROM alert
LEFT JOIN alert_acknowledged ON alert_acknowledged.alert = alert.id
WHERE (:rule IS NULL OR rule = :rule) AND (:until IS NULL OR as_of <= :until)
ORDER BY number DESC
LIMIT :most

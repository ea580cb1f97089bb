-- Say that somebody took notice of an alert; whoever was first stays.
INSERT INTO alert_acknowledged (alert, who, moment, note)
VALUES (:alert, :who, :moment, :note)
ON CONFLICT (alert) DO NOTHING
RETURNING alert

-- What could not be used, once however often it is met.
INSERT INTO reject (stage, id, reason, message, saved)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING

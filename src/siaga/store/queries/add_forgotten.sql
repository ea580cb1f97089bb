-- What was taken down is not fetched again.
INSERT INTO forgotten (kind, name, moment) VALUES (?, ?, ?) ON CONFLICT (kind, name) DO NOTHING

-- Who does, or to whom.
INSERT INTO event_party (event, side, position, code, sector, name)
VALUES (?, ?, ?, ?, ?, ?)

-- A day on which a source failed.
INSERT INTO source_failure (source, day, kind, expected, seen, noticed)
VALUES (?, ?, ?, ?, ?, ?)

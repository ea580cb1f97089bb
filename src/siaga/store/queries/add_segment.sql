-- A segment that lies in its folder.
INSERT INTO segment (name, layout, first, last, events, bytes, sha256, saved)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

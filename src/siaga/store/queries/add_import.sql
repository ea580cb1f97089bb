-- A file that was imported, whose events lie in the folder, in place of one of the same content that was lost.
INSERT INTO import (id, name, format, events, rejected, first, last, sourced, file, bytes, sha256, saved)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, sha256 = excluded.sha256

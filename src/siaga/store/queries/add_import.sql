-- A file that was imported, whose events lie in the folder.
INSERT INTO import (id, name, format, events, rejected, first, last, sourced, file, bytes, sha256, saved)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

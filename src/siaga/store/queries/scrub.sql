-- SQLite. Write the file anew and empty its log: nothing of what was deleted stays readable.
VACUUM;
PRAGMA wal_checkpoint(TRUNCATE);

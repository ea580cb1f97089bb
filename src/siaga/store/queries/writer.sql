-- SQLite. Settings of the writer: what is saved survives a loss of power; 64 MiB of pages in memory, and a log of 32 MiB
-- before it is brought into the file: 1.3 times as fast as 4 MiB (bench/store.py).
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 8000;

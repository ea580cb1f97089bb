-- Events that came from other projects' files. They lie in Parquet files of their own, which no other file can
-- make again: they belong into a backup.
CREATE TABLE import (
  id       TEXT PRIMARY KEY,           -- SHA-256 of the file that was imported
  name     TEXT NOT NULL,              -- of that file
  format   TEXT NOT NULL,              -- gdelt1, gdelt2, icews, icews_plain, polecat, acled, ged or plain
  events   INTEGER NOT NULL,           -- rows taken
  rejected INTEGER NOT NULL,           -- rows that could not be used; the first of each reason stand in `reject`
  first    TEXT,                       -- days of the first and the last event
  last     TEXT,
  sourced  INTEGER NOT NULL CHECK (sourced IN (0, 1)), -- whether it tells how many sources reported each event
  file     TEXT NOT NULL UNIQUE,       -- in imports/
  bytes    INTEGER NOT NULL,
  sha256   TEXT NOT NULL,
  saved    TEXT NOT NULL
) STRICT;

-- Readings that were replaced, events that no longer stand, and what analysts corrected. Nothing of it is ever lost.

-- Corrections in the order in which they were made; to undo one is one more. `record` has all of it.
CREATE TABLE correction (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES article (seq),
  kind    TEXT NOT NULL CHECK (kind IN ('wrong', 'edit', 'add', 'merge', 'split', 'undo')),
  analyst TEXT NOT NULL,
  moment  TEXT NOT NULL,
  record  TEXT NOT NULL
) STRICT;
CREATE INDEX correction_by_article ON correction (article);
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction BEGIN
  SELECT raise(ABORT, 'corrections are only added to');
END;
CREATE TRIGGER correction_remains BEFORE DELETE ON correction BEGIN
  SELECT raise(ABORT, 'corrections are only added to');
END;

-- What the reader itself found in an article that has corrections: the JSON of a reading, without the text.
CREATE TABLE uncorrected (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  record  TEXT NOT NULL
) STRICT;

-- Readings that another took the place of; `record` as above, null if it said what the next one says.
CREATE TABLE past_reading (
  article  INTEGER NOT NULL REFERENCES article (seq),
  number   INTEGER NOT NULL,           -- the first is 1
  reader   TEXT,
  saved    TEXT NOT NULL,
  replaced TEXT NOT NULL,
  record   TEXT,
  PRIMARY KEY (article, number)
) STRICT;

-- Events that were stored and no longer stand. A number is never given to another event.
CREATE TABLE withdrawn (
  seq     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (seq),
  part    TEXT NOT NULL,
  record  TEXT NOT NULL,
  moment  TEXT NOT NULL,
  sealed  INTEGER NOT NULL             -- 1: a segment still has it, and is to be counted without it
) STRICT;
CREATE INDEX withdrawn_by_id ON withdrawn (id);
CREATE INDEX withdrawn_in_segments ON withdrawn (seq) WHERE sealed = 1;

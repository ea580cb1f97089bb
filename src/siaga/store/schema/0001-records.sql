-- What was read: articles, one reading of each, events, quotes, forecasts, and what could not be used.
-- Times are UTC (RFC 3339), days YYYY-MM-DD. `record` is the JSON of the contract; the columns beside it are taken from
-- it for questions. `seq` counts what was saved and is never given twice: a segment holds a range of it. Counting is
-- done over segments, so there are few indices: each one more slows saving.

CREATE TABLE migration (
  number  INTEGER PRIMARY KEY,
  program TEXT NOT NULL,               -- version of Siaga that brought the store here
  applied TEXT NOT NULL
) STRICT;

CREATE TABLE article (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  url             TEXT,
  source          TEXT,
  title           TEXT,
  language        TEXT,
  published       TEXT,
  published_basis TEXT,
  day             TEXT,                -- day of publication
  text            TEXT NOT NULL,
  dropped         TEXT NOT NULL,       -- JSON: blocks that are not article text, with reasons
  warnings        TEXT NOT NULL,       -- JSON
  saved           TEXT NOT NULL        -- when we came to know it
) STRICT;
CREATE INDEX article_by_day ON article (day);

-- The current reading of an article. Another reader's does not take its place by itself.
CREATE TABLE reading (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  reader  TEXT,                        -- program and pack, e.g. 'siaga 0.1.0 id-3'
  saved   TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  article        INTEGER NOT NULL REFERENCES article (seq),
  part           TEXT NOT NULL CHECK (part IN ('body', 'title')),
  position       INTEGER NOT NULL,     -- among the events of its part
  type           TEXT NOT NULL,
  mode           TEXT,
  contexts       TEXT NOT NULL,        -- joined by U+001F
  status         TEXT NOT NULL,
  day            TEXT,                 -- the day it is told for, else that of publication
  earliest       TEXT,
  latest         TEXT,
  place          TEXT,
  country        TEXT,
  latitude       REAL,
  longitude      REAL,
  precision      TEXT,
  speaker        TEXT,
  medium         TEXT,
  evidence_start INTEGER NOT NULL,     -- code points, half-open, in the text or the title
  evidence_end   INTEGER NOT NULL,
  confidence     REAL NOT NULL,
  rule           TEXT NOT NULL,
  record         TEXT NOT NULL,
  UNIQUE (article, part, position)
) STRICT;

CREATE TABLE event_party (
  event    INTEGER NOT NULL REFERENCES event (seq),
  side     TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  code     TEXT,                       -- null where the party is unknown
  sector   TEXT,
  name     TEXT,
  PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
  article  INTEGER NOT NULL REFERENCES article (seq),
  position INTEGER NOT NULL,
  code     TEXT,
  speaker  TEXT,
  record   TEXT NOT NULL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE forecast (
  article  INTEGER NOT NULL REFERENCES article (seq),
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  event    TEXT NOT NULL,              -- id of the event it foresees
  code     TEXT,
  earliest TEXT,                       -- the window foreseen
  latest   TEXT,
  record   TEXT NOT NULL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
  stage   TEXT NOT NULL,
  id      TEXT NOT NULL,
  reason  TEXT NOT NULL,
  message TEXT NOT NULL,
  saved   TEXT NOT NULL,               -- when it was met first
  PRIMARY KEY (stage, id, reason, message)
) STRICT, WITHOUT ROWID;

-- Words of title and text; the words themselves stay in `article`. No stemming: Indonesian and English alike, and a
-- search for a beginning ("serang*") is quick.
CREATE VIRTUAL TABLE article_words USING fts5 (
  title,
  text,
  content = 'article',
  content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_words_added AFTER INSERT ON article BEGIN
  INSERT INTO article_words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;

-- Events sealed into Parquet files, by range of `event.seq`. All of it can be made again from `event`.
CREATE TABLE segment (
  name    TEXT PRIMARY KEY,            -- file in segments/
  layout  INTEGER NOT NULL,            -- of its columns
  first   INTEGER NOT NULL UNIQUE,
  last    INTEGER NOT NULL UNIQUE,
  events  INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  sha256  TEXT NOT NULL,
  saved   TEXT NOT NULL
) STRICT;

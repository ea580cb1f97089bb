-- Alerts: what was told to whom, and the outbox in which it waits. An alert and its messages are saved in one
-- transaction, so that none is lost; a message that was sent stays, and one that can't be sent stays visible.
CREATE TABLE alert (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,        -- hash of rule, subject and occasion
  rule    TEXT NOT NULL,
  subject TEXT NOT NULL,               -- unit, claim, source, story or article
  since   TEXT NOT NULL,               -- first day of the stretch that is told
  as_of   TEXT NOT NULL,               -- day whose knowledge it rests on
  fired   TEXT NOT NULL,
  record  TEXT NOT NULL
) STRICT;
CREATE INDEX alert_by_subject ON alert (rule, subject, number);
CREATE TRIGGER alert_stays BEFORE UPDATE ON alert BEGIN
  SELECT raise(ABORT, 'alerts are only added to');
END;
CREATE TRIGGER alert_comes_once BEFORE INSERT ON alert
WHEN EXISTS (SELECT 1 FROM alert WHERE number = new.number OR id = new.id)
BEGIN
  SELECT raise(ABORT, 'this alert was told already');
END;
CREATE TRIGGER alert_remains BEFORE DELETE ON alert BEGIN
  SELECT raise(ABORT, 'alerts are only added to');
END;

-- Who took notice of an alert; one that was acknowledged goes no further up.
CREATE TABLE alert_acknowledged (
  alert  TEXT PRIMARY KEY REFERENCES alert (id),
  who    TEXT NOT NULL,
  moment TEXT NOT NULL,
  note   TEXT
) STRICT, WITHOUT ROWID;

-- Rules that tell nothing until a moment; the last row of a rule counts.
CREATE TABLE alert_snooze (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  rule   TEXT NOT NULL,
  until  TEXT NOT NULL,                -- RFC 3339; the moment itself ends a snooze
  who    TEXT NOT NULL,
  moment TEXT NOT NULL
) STRICT;

-- How far a rule has looked through what was saved: the last article (`article.seq`) of a search.
CREATE TABLE alert_looked (
  rule    TEXT PRIMARY KEY,
  article INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is to be sent. A lease is taken for a try; a sender that begins frees what one before it had taken.
CREATE TABLE outbox (
  number    INTEGER PRIMARY KEY AUTOINCREMENT,
  key       TEXT NOT NULL UNIQUE,      -- sent along, so that whoever gets it twice knows
  alert     TEXT NOT NULL REFERENCES alert (id),
  target    TEXT NOT NULL,
  escalated INTEGER NOT NULL,          -- 1: goes up since nobody acknowledged it
  state     TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead', 'dropped')),
  attempts  INTEGER NOT NULL DEFAULT 0,
  due       TEXT NOT NULL,
  leased    TEXT,                      -- until when a sender has it
  told      TEXT,                      -- what went wrong the last time
  ended     TEXT                       -- when it was sent or given up
) STRICT;
CREATE INDEX outbox_waiting ON outbox (due) WHERE state = 'waiting';

-- The daily steps that were taken, each with what it did.
CREATE TABLE daily_run (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  as_of    TEXT NOT NULL,
  began    TEXT NOT NULL,
  ended    TEXT,                       -- null: it was cut short, and is taken up again
  record   TEXT
) STRICT;

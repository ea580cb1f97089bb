-- Who may use the web pages and the API of a workspace: accounts, the sessions of those who logged in, tokens of programs,
-- failed logins, and the audit trail. Secrets are kept as hashes only. These tables are written to beside the one writer
-- (database.noting_in): nothing that reads or links articles touches them.
CREATE TABLE account (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  role    TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
  secret  TEXT NOT NULL,               -- hash of the password (argon2id), with its parameters
  made    TEXT NOT NULL,               -- RFC 3339, UTC, as all moments here
  changed TEXT NOT NULL                -- of the password
) STRICT;

CREATE TABLE session (
  hash    TEXT PRIMARY KEY,            -- SHA-256 of the id that the browser holds
  account INTEGER NOT NULL REFERENCES account (number) ON DELETE CASCADE,
  made    TEXT NOT NULL,
  seen    TEXT NOT NULL,               -- to within ten minutes
  ends    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account);

CREATE TABLE token (
  id      TEXT PRIMARY KEY,            -- by which it is listed and revoked; says nothing of the token itself
  hash    TEXT NOT NULL UNIQUE,        -- SHA-256 of the token
  account INTEGER NOT NULL REFERENCES account (number) ON DELETE CASCADE,
  label   TEXT NOT NULL,               -- what it is for
  scope   TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
  made    TEXT NOT NULL,
  ends    TEXT NOT NULL,
  used    TEXT                         -- to within ten minutes; null: never
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_account ON token (account);

-- Logins that failed, by name and by address. Both as hashes: people type passwords where names are asked for.
CREATE TABLE login_failure (
  hash   TEXT PRIMARY KEY,
  times  INTEGER NOT NULL,
  latest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what: only added to.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  moment TEXT NOT NULL,
  who    TEXT,                         -- name of the account or, on the command line, of whoever is logged in there
  means  TEXT NOT NULL,                -- session, token, alone (nobody has an account), command
  deed   TEXT NOT NULL,                -- e.g. account.add
  object TEXT,                         -- to what it was done
  note   TEXT
) STRICT;
CREATE INDEX audit_by_who ON audit (who, number);
CREATE INDEX audit_by_deed ON audit (deed, number);

-- Neither changed, nor deleted, nor replaced (INSERT OR REPLACE deletes without asking the trigger of DELETE).
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
  SELECT raise(ABORT, 'the audit trail is only added to');
END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN
  SELECT raise(ABORT, 'the audit trail is only added to');
END;
CREATE TRIGGER audit_comes_once BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = new.number)
BEGIN
  SELECT raise(ABORT, 'the audit trail is only added to');
END;

-- Briefs to be signed: every version in one chain, each with a hash over itself and the one before it. Rows are only
-- added to; once a brief is signed, no version of it is but the note that it was published.
CREATE TABLE brief_version (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  brief   TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('drafted', 'edited', 'signed', 'published')),
  who     TEXT NOT NULL,
  moment  TEXT NOT NULL,
  note    TEXT,
  draft   TEXT NOT NULL,               -- JSON
  files   TEXT NOT NULL,               -- JSON: names and hashes of what was published
  content TEXT NOT NULL,               -- SHA-256 of the draft
  hash    TEXT NOT NULL                -- SHA-256 of the hash before it and of all above
) STRICT;
CREATE INDEX brief_version_by_brief ON brief_version (brief, number);
CREATE TRIGGER brief_version_stays BEFORE UPDATE ON brief_version BEGIN
  SELECT raise(ABORT, 'versions of briefs are only added to');
END;
CREATE TRIGGER brief_version_comes_once BEFORE INSERT ON brief_version
WHEN EXISTS (SELECT 1 FROM brief_version WHERE number = new.number)
BEGIN
  SELECT raise(ABORT, 'versions of briefs are only added to');
END;
CREATE TRIGGER brief_version_remains BEFORE DELETE ON brief_version BEGIN
  SELECT raise(ABORT, 'versions of briefs are only added to');
END;
CREATE TRIGGER brief_version_is_signed BEFORE INSERT ON brief_version
WHEN EXISTS (SELECT 1 FROM brief_version WHERE brief = new.brief AND kind = 'signed')
  AND (new.kind <> 'published' OR new.content <> (
    SELECT content FROM brief_version WHERE brief = new.brief AND kind = 'signed'
  ))
BEGIN
  SELECT raise(ABORT, 'a signed brief stays as it is');
END;
CREATE TRIGGER brief_version_is_published BEFORE INSERT ON brief_version
WHEN new.kind = 'published'
  AND NOT EXISTS (SELECT 1 FROM brief_version WHERE brief = new.brief AND kind = 'signed')
BEGIN
  SELECT raise(ABORT, 'a brief is signed before it is published');
END;

-- The ledger of claims: what was said of the future, what sources count, and what came of it. It is only added to: a
-- claim that turns out to be read wrongly is superseded by another, never changed. Of an article that is taken down
-- (`forgotten`) all goes with it.
CREATE TABLE claim (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  article    INTEGER REFERENCES article (seq), -- that it was read in; null for one that was added by hand
  kind       TEXT NOT NULL CHECK (kind IN ('forecast', 'count')),
  made       TEXT,                     -- day on which it was published
  type       TEXT NOT NULL,
  supersedes TEXT UNIQUE REFERENCES claim (id),
  entered    TEXT NOT NULL,
  record     TEXT NOT NULL
) STRICT;
CREATE INDEX claim_by_made ON claim (made, type);
CREATE INDEX claim_by_article ON claim (article);

-- The articles that carry a claim.
CREATE TABLE claim_medium (
  claim   INTEGER NOT NULL REFERENCES claim (number),
  article INTEGER NOT NULL REFERENCES article (seq),
  entered TEXT NOT NULL,
  PRIMARY KEY (claim, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_medium_by_article ON claim_medium (article);

-- What came of a claim, each time the answer became another one.
CREATE TABLE claim_verdict (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  claim   INTEGER NOT NULL REFERENCES claim (number),
  as_of   TEXT NOT NULL,               -- by what was known on this day
  outcome TEXT NOT NULL,
  saved   TEXT NOT NULL,
  record  TEXT NOT NULL
) STRICT;
CREATE INDEX claim_verdict_by_claim ON claim_verdict (claim, as_of);

-- Articles that were looked through for claims.
CREATE TABLE claim_read (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  saved   TEXT NOT NULL
) STRICT;

-- Neither changed, nor deleted, nor replaced (INSERT OR REPLACE deletes without asking the triggers of DELETE).
CREATE TRIGGER claim_stays BEFORE UPDATE ON claim BEGIN
  SELECT raise(ABORT, 'the ledger of claims is only added to');
END;
CREATE TRIGGER claim_comes_once BEFORE INSERT ON claim
WHEN EXISTS (
  SELECT 1 FROM claim WHERE number = new.number OR id = new.id OR supersedes = new.supersedes
)
BEGIN
  SELECT raise(ABORT, 'this claim is in the ledger, or superseded, already');
END;
CREATE TRIGGER claim_remains BEFORE DELETE ON claim
WHEN coalesce((SELECT id FROM article WHERE seq = old.article), '')
  NOT IN (SELECT name FROM forgotten WHERE kind = 'article')
BEGIN
  SELECT raise(ABORT, 'the ledger of claims is only added to');
END;
CREATE TRIGGER claim_medium_stays BEFORE UPDATE ON claim_medium BEGIN
  SELECT raise(ABORT, 'the ledger of claims is only added to');
END;
CREATE TRIGGER claim_medium_comes_once BEFORE INSERT ON claim_medium
WHEN EXISTS (SELECT 1 FROM claim_medium WHERE claim = new.claim AND article = new.article)
BEGIN
  SELECT raise(ABORT, 'the ledger of claims is only added to');
END;
CREATE TRIGGER claim_medium_remains BEFORE DELETE ON claim_medium
WHEN coalesce((SELECT id FROM article WHERE seq = old.article), '')
    NOT IN (SELECT name FROM forgotten WHERE kind = 'article')
  AND coalesce((SELECT article.id FROM claim JOIN article ON article.seq = claim.article WHERE number = old.claim), '')
    NOT IN (SELECT name FROM forgotten WHERE kind = 'article')
BEGIN
  SELECT raise(ABORT, 'the ledger of claims is only added to');
END;
CREATE TRIGGER claim_verdict_stays BEFORE UPDATE ON claim_verdict BEGIN
  SELECT raise(ABORT, 'verdicts are only added to');
END;
CREATE TRIGGER claim_verdict_comes_once BEFORE INSERT ON claim_verdict
WHEN EXISTS (SELECT 1 FROM claim_verdict WHERE number = new.number)
BEGIN
  SELECT raise(ABORT, 'verdicts are only added to');
END;
CREATE TRIGGER claim_verdict_remains BEFORE DELETE ON claim_verdict
WHEN coalesce((SELECT article.id FROM claim JOIN article ON article.seq = claim.article WHERE claim.number = old.claim), '')
  NOT IN (SELECT name FROM forgotten WHERE kind = 'article')
BEGIN
  SELECT raise(ABORT, 'verdicts are only added to');
END;

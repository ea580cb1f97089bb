-- What is collected from the web: where articles are found, what is still to be fetched, what became of each address,
-- earlier versions of articles, what was taken down, and how much each source gave. The sources themselves are files.

-- Feeds, sitemaps and section pages. How far we have seen one is saved with what was seen.
CREATE TABLE listing (
  url       TEXT NOT NULL,
  source    TEXT NOT NULL,             -- name of its file in sources/
  kind      TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'section', 'archive')),
  host      TEXT NOT NULL,
  due       TEXT NOT NULL,
  leased    TEXT,                      -- until when somebody is looking; null if nobody is
  etag      TEXT,
  modified  TEXT,
  looked    TEXT,
  succeeded TEXT,
  failures  INTEGER NOT NULL DEFAULT 0, -- in a row
  reason    TEXT,
  since     TEXT,                      -- of a backfill (kind archive): the first day that is wanted
  PRIMARY KEY (url, kind)
) STRICT;
CREATE INDEX listing_due ON listing (host, due);

-- Pages of articles, each once: the job table. Whoever fetches one holds a lease on it; a lease that ends is free again.
CREATE TABLE page (
  url       TEXT PRIMARY KEY,
  source    TEXT NOT NULL,
  host      TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'given_up', 'gone', 'forgotten')),
  found     TEXT NOT NULL,
  listed    TEXT,                      -- when it was published, by the list it was found in
  due       TEXT,                      -- when it is to be fetched, or looked at again; null: never
  leased    TEXT,
  attempts  INTEGER NOT NULL DEFAULT 0,
  checks    INTEGER NOT NULL DEFAULT 0, -- how often it was looked at again
  etag      TEXT,
  modified  TEXT,
  fetched   TEXT,
  article   TEXT,                      -- id of the article on it
  reason    TEXT
) STRICT;
CREATE INDEX page_due ON page (host, due) WHERE due IS NOT NULL;
CREATE INDEX page_by_article ON page (article) WHERE article IS NOT NULL;
CREATE INDEX page_by_source ON page (source, fetched);

-- Other addresses of a page: those that lead to it, its own canonical one, its AMP twin.
CREATE TABLE address (
  url  TEXT PRIMARY KEY,
  page TEXT NOT NULL REFERENCES page (url) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX address_of_page ON address (page);

-- Earlier texts of articles that were edited, and when an article was withdrawn or came back.
CREATE TABLE version (
  article INTEGER NOT NULL REFERENCES article (seq),
  number  INTEGER NOT NULL,            -- the first is 1
  kind    TEXT NOT NULL CHECK (kind IN ('edited', 'withdrawn', 'restored')),
  moment  TEXT NOT NULL,               -- when we saw it
  title   TEXT,                        -- as they stood before, of an edited one
  text    TEXT,
  PRIMARY KEY (article, number)
) STRICT;

-- What was taken down: its text is gone, and it is not fetched again.
CREATE TABLE forgotten (
  kind   TEXT NOT NULL CHECK (kind IN ('article', 'address', 'source')),
  name   TEXT NOT NULL,
  moment TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- What a source gave on a day (UTC).
CREATE TABLE source_day (
  source    TEXT NOT NULL,
  day       TEXT NOT NULL,
  looks     INTEGER NOT NULL DEFAULT 0, -- at its feeds, sitemaps and sections
  failures  INTEGER NOT NULL DEFAULT 0, -- of these
  found     INTEGER NOT NULL DEFAULT 0, -- new addresses
  articles  INTEGER NOT NULL DEFAULT 0, -- new ones
  rejected  INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, -- answers that said that nothing changed
  requests  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

-- Days on which a source failed: fewer articles than chance explains. Series that it feeds are marked there.
CREATE TABLE source_failure (
  source   TEXT NOT NULL,
  day      TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('silent', 'shrinking', 'unwatched')),
  expected REAL NOT NULL,
  seen     INTEGER NOT NULL,
  noticed  TEXT NOT NULL,
  PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

-- What servers said of robots; asked for again after a day.
CREATE TABLE robots (
  origin  TEXT PRIMARY KEY,
  verdict TEXT NOT NULL,
  text    TEXT NOT NULL,
  moment  REAL NOT NULL                -- seconds since 1970
) STRICT, WITHOUT ROWID;

-- Words of an article whose text changes, by an edit or a takedown: nothing of the old ones stays in the index.
INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER article_words_changed AFTER UPDATE OF title, text ON article BEGIN
  INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
  INSERT INTO article_words (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER article_words_removed AFTER DELETE ON article BEGIN
  INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
END;

-- Corrections are only added to; those of an article that was taken down go with it.
DROP TRIGGER correction_remains;
CREATE TRIGGER correction_remains BEFORE DELETE ON correction
WHEN (SELECT id FROM article WHERE seq = old.article) NOT IN (SELECT name FROM forgotten WHERE kind = 'article')
BEGIN
  SELECT raise(ABORT, 'corrections are only added to');
END;

-- Stories: what is kept of each article to tell which happening it is about, the pairs that are alike, the stories they
-- make, and the acts that they tell of. All of it can be made again from `article` and `event`, but for `story_change`.
CREATE TABLE trait (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  day     TEXT,                        -- of publication
  record  TEXT NOT NULL
) STRICT;
CREATE INDEX trait_by_day ON trait (day);

-- Pairs of articles that may tell one story, each once; `a` has the lesser id.
CREATE TABLE likeness (
  a           INTEGER NOT NULL REFERENCES article (seq),
  b           INTEGER NOT NULL REFERENCES article (seq),
  probability REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_by_b ON likeness (b);

CREATE TABLE story_article (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  story   TEXT NOT NULL
) STRICT;
CREATE INDEX story_article_by_story ON story_article (story);

CREATE TABLE story (
  id                  TEXT PRIMARY KEY,
  first               TEXT,            -- days of publication of the first and the last article
  last                TEXT,
  articles            INTEGER NOT NULL,
  lineages            INTEGER NOT NULL,
  independent_sources INTEGER NOT NULL,
  record              TEXT NOT NULL
) STRICT;
CREATE INDEX story_by_last ON story (last);

-- What became of stories when others came; rows are only added.
CREATE TABLE story_change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind   TEXT NOT NULL CHECK (kind IN ('merged', 'split', 'moved')),
  story  TEXT NOT NULL,
  other  TEXT NOT NULL,
  moment TEXT NOT NULL
) STRICT;
CREATE INDEX story_change_by_story ON story_change (story);
CREATE INDEX story_change_by_other ON story_change (other);

CREATE TABLE incident (
  id                  TEXT PRIMARY KEY,
  story               TEXT NOT NULL,
  type                TEXT NOT NULL,
  status              TEXT NOT NULL,
  earliest            TEXT,
  latest              TEXT,
  independent_sources INTEGER NOT NULL,
  position            INTEGER NOT NULL,  -- within its story: the most told first
  record              TEXT NOT NULL
) STRICT;
CREATE INDEX incident_by_story ON incident (story, position);

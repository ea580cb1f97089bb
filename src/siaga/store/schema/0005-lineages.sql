-- Copies: what is kept of each article to find others like it, the pairs that were found, and the lineages they make.
-- All of it can be made again from `article`; removing what an article has here undoes that it was linked.
CREATE TABLE sketch (
  article INTEGER PRIMARY KEY REFERENCES article (seq),
  digest  INTEGER NOT NULL,            -- of all its words: equal for exact copies
  keys    TEXT NOT NULL                -- JSON, as in `sketch_key`
) STRICT;
CREATE INDEX sketch_by_digest ON sketch (digest);

CREATE TABLE sketch_key (
  key     INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (seq),
  PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;

-- Pairs that are copies, each once; `a` has the lesser id. `record` has the evidence.
CREATE TABLE pair (
  a           INTEGER NOT NULL REFERENCES article (seq),
  b           INTEGER NOT NULL REFERENCES article (seq),
  relation    TEXT NOT NULL,
  probability REAL NOT NULL,
  record      TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_by_b ON pair (b);

-- Where each linked article stands; a pure function of the pairs.
CREATE TABLE lineage_link (
  article  INTEGER PRIMARY KEY REFERENCES article (seq),
  lineage  TEXT NOT NULL,
  position INTEGER NOT NULL,           -- within its lineage: 0 is the origin
  origin   INTEGER NOT NULL CHECK (origin IN (0, 1)), -- whether it may be the origin
  record   TEXT NOT NULL
) STRICT;
CREATE INDEX lineage_link_by_lineage ON lineage_link (lineage, position);

-- Vectors of sentences, so that none is reckoned twice: 512 halves (float16) each, by a hash of the sentence.
CREATE TABLE sentence_vector (
  sentence INTEGER PRIMARY KEY,
  vector   BLOB NOT NULL
) STRICT;

-- Articles that were read anew or corrected since their traits were made: their stories are told anew by the next run.
CREATE TABLE stale_trait (
  article INTEGER PRIMARY KEY REFERENCES article (seq)
) STRICT;

-- An act that several stories tell is in each of them, under one id.
ALTER TABLE incident RENAME TO incident_before;
CREATE TABLE incident (
  id                  TEXT NOT NULL,
  story               TEXT NOT NULL,
  type                TEXT NOT NULL,
  status              TEXT NOT NULL,
  earliest            TEXT,
  latest              TEXT,
  independent_sources INTEGER NOT NULL,
  position            INTEGER NOT NULL,  -- within its story: the most told first
  record              TEXT NOT NULL,
  PRIMARY KEY (id, story)
) STRICT;
INSERT INTO incident
SELECT id, story, type, status, earliest, latest, independent_sources, position, record
FROM incident_before;
DROP TABLE incident_before;
CREATE INDEX incident_by_story ON incident (story, position);

-- What is told for one day and one town, by which the same act is found in other stories.
CREATE INDEX event_by_happening ON event (type, earliest, place COLLATE NOCASE)
WHERE latest = earliest AND precision IN ('site', 'city') AND part = 'body';

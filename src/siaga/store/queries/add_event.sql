-- An event under its number.
INSERT INTO event (
  seq, id, article, part, position, type, mode, contexts, status, day, earliest, latest, place, country, latitude,
  longitude, precision, speaker, medium, evidence_start, evidence_end, confidence, rule, record
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- An event is kept as one that no longer stands; it is taken out of the events that do after this.
INSERT INTO withdrawn (seq, id, article, part, record, moment, sealed)
SELECT
  seq, id, article, part, record, :moment,
  CASE WHEN seq <= (SELECT coalesce(max(last), 0) FROM segment) THEN 1 ELSE 0 END
FROM event
WHERE seq = :seq

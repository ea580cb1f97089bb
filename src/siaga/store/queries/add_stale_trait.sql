-- Note that the traits of an article are of a reading that no longer stands, if any are kept.
INSERT INTO stale_trait (article)
SELECT article
FROM trait
WHERE article = ?
ON CONFLICT DO NOTHING

-- The current reading becomes a past one; its record is null if it said what the next one says.
INSERT INTO past_reading (article, number, reader, saved, replaced, record)
SELECT
  article,
  (SELECT count(*) + 1 FROM past_reading WHERE article = :article),
  reader,
  saved,
  :moment,
  :record
FROM reading
WHERE article = :article

-- What the reader itself found in an article that has corrections.
INSERT INTO uncorrected (article, record)
VALUES (?, ?)
ON CONFLICT (article) DO UPDATE SET record = excluded.record

-- The reading of an article.
INSERT INTO reading (article, reader, saved)
VALUES (?, ?, ?)

-- A quote of an article.
INSERT INTO quote (article, position, code, speaker, record)
VALUES (?, ?, ?, ?, ?)

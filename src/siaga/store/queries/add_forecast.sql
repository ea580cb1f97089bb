-- A forecast of an article.
INSERT INTO forecast (article, position, id, event, code, earliest, latest, record)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

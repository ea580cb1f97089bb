-- An article, unless one is stored under its id; gives its number if it was added.
INSERT INTO article (
  id, url, source, title, language, published, published_basis, day, text, dropped, warnings, about, saved
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING
RETURNING seq

-- What a reader says of an article as a whole.
UPDATE article
SET language = ?, published = ?, published_basis = ?, day = ?, warnings = ?
WHERE seq = ?

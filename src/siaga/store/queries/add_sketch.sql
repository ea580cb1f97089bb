-- The sketch of an article, unless it has one; gives its number if it was added.
INSERT INTO sketch (article, digest, keys)
SELECT seq, :digest, :keys
FROM article
WHERE id = :id
ON CONFLICT (article) DO NOTHING
RETURNING article

-- Keep what is compared of an article.
INSERT INTO trait (article, day, record)
SELECT seq, :day, :record
FROM article
WHERE id = :article
ON CONFLICT (article) DO UPDATE SET day = excluded.day, record = excluded.record

-- Articles whose traits are of a reading that no longer stands, by day of publication.
SELECT article.id
FROM stale_trait
JOIN trait ON trait.article = stale_trait.article
JOIN article ON article.seq = stale_trait.article
ORDER BY trait.day NULLS FIRST, article.seq

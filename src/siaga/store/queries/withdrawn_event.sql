-- The last event with this id that no longer stands, its article, and when it was withdrawn.
SELECT withdrawn.record, part, article.id, moment
FROM withdrawn
JOIN article ON article.seq = withdrawn.article
WHERE withdrawn.id = ?
ORDER BY withdrawn.seq DESC
LIMIT 1

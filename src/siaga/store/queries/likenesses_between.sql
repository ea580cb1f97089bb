-- Pairs between any of these articles.
WITH held (article) AS MATERIALIZED (SELECT CAST(value AS BIGINT) FROM json_each(:articles))
SELECT one.id, other.id, likeness.probability
FROM held
JOIN likeness ON likeness.a = held.article
JOIN article AS one ON one.seq = likeness.a
JOIN article AS other ON other.seq = likeness.b
WHERE likeness.b IN (SELECT article FROM held)

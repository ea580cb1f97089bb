-- The pairs that any of these articles is in.
SELECT DISTINCT pair.record
FROM article
JOIN pair ON pair.a = article.seq OR pair.b = article.seq
WHERE article.id IN (SELECT value FROM json_each(?))

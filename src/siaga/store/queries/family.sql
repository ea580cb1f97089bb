-- The articles that pairs lead to from any of these, these included, by id.
WITH RECURSIVE family (article) AS (
  SELECT seq FROM article WHERE id IN (SELECT value FROM json_each(?))
  UNION
  SELECT CASE pair.a WHEN family.article THEN pair.b ELSE pair.a END
  FROM family
  JOIN pair ON pair.a = family.article OR pair.b = family.article
)
SELECT article.id
FROM family
JOIN article ON article.seq = family.article
ORDER BY article.seq

-- The articles that carry these claims, those published first first.
SELECT claim_medium.claim, article.id, article.source, article.published
FROM claim_medium
JOIN article ON article.seq = claim_medium.article
WHERE claim_medium.claim IN (SELECT CAST(value AS BIGINT) FROM json_each(:claims))
ORDER BY claim_medium.claim, coalesce(article.published, article.saved), article.seq

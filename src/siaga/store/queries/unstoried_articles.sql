-- Linked articles that are in no story yet, by day of publication.
SELECT article.id
FROM lineage_link
JOIN article ON article.seq = lineage_link.article
LEFT JOIN story_article ON story_article.article = article.seq
WHERE story_article.article IS NULL
ORDER BY article.day IS NULL, article.day, article.seq

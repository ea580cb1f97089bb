-- Articles with these words, saved after a number and published within days (or saved, where no day is known), the earliest first, with their story.
SELECT
  article.id,
  coalesce(article.day, substr(article.saved, 1, 10)) AS known,
  coalesce(story_article.story, article.id),
  coalesce(article.title, substr(article.text, 1, 100))
FROM article
LEFT JOIN story_article ON story_article.article = article.seq
WHERE words @@ CAST(:words ->> '$.query' AS tsquery)
  AND article.seq > :after
  AND coalesce(article.day, substr(article.saved, 1, 10)) BETWEEN :since AND :until
ORDER BY known, article.seq

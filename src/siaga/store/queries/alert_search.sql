-- Articles with these words, saved after a number and published within days (or saved, where no day is known), the earliest first, with their story.
SELECT
  article.id,
  coalesce(article.day, substr(article.saved, 1, 10)) AS known,
  coalesce(story_article.story, article.id),
  coalesce(article.title, substr(article.text, 1, 100))
FROM article_words
JOIN article ON article.seq = article_words.rowid
LEFT JOIN story_article ON story_article.article = article.seq
WHERE article_words MATCH :words
  AND article.seq > :after
  AND known BETWEEN :since AND :until
ORDER BY known, article.seq

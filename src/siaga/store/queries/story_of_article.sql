-- The story that an article is in.
SELECT story_article.story
FROM story_article
JOIN article ON article.seq = story_article.article
WHERE article.id = ?

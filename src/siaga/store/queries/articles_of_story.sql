-- The articles of a story, by number.
SELECT article.id
FROM story_article
JOIN article ON article.seq = story_article.article
WHERE story_article.story = ?
ORDER BY article.seq

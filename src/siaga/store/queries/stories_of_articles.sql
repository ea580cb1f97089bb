-- The stories that these articles are in.
SELECT article.id, story_article.story
FROM story_article
JOIN article ON article.seq = story_article.article
WHERE story_article.article IN (SELECT CAST(value AS BIGINT) FROM json_each(:articles))

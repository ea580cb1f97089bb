-- Put an article into a story.
INSERT INTO story_article (article, story)
SELECT seq, :story
FROM article
WHERE id = :article
ON CONFLICT (article) DO UPDATE SET story = excluded.story

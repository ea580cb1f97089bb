-- Stories of which an article is like one of this story's, the most alike first.
SELECT other.story, max(likeness.probability) AS alike
FROM story_article AS own
JOIN likeness ON likeness.a = own.article OR likeness.b = own.article
JOIN story_article AS other
  ON other.article = CASE likeness.a WHEN own.article THEN likeness.b ELSE likeness.a END
WHERE own.story = :story AND other.story <> :story
GROUP BY other.story
ORDER BY alike DESC, other.story
LIMIT :most

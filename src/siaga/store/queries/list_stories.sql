-- Stories that meet every condition that is given, the latest first, from a place in that order on.
SELECT story.record
FROM story
WHERE (:since IS NULL OR story.last >= :since)
  AND (:until IS NULL OR story.first <= :until)
  AND story.articles >= :least_articles
  AND story.independent_sources >= :least_sources
  AND (:sources IS NULL OR EXISTS (
    SELECT 1
    FROM story_article
    JOIN article ON article.seq = story_article.article
    WHERE story_article.story = story.id AND article.source IN (SELECT value FROM json_each(:sources))
  ))
  AND (:languages IS NULL OR EXISTS (
    SELECT 1
    FROM story_article
    JOIN article ON article.seq = story_article.article
    WHERE story_article.story = story.id AND article.language IN (SELECT value FROM json_each(:languages))
  ))
  AND (:types IS NULL OR EXISTS (
    SELECT 1
    FROM incident
    WHERE incident.story = story.id AND incident.type IN (SELECT value FROM json_each(:types))
  ))
  AND (:codes IS NULL OR EXISTS (
    SELECT 1
    FROM story_article
    JOIN event ON event.article = story_article.article
    JOIN event_party ON event_party.event = event.seq
    WHERE story_article.story = story.id AND event_party.code IN (SELECT value FROM json_each(:codes))
  ))
  AND (
    :after_id IS NULL
    OR (coalesce(story.last, ''), story.independent_sources, story.articles)
      < (coalesce(:after_last, ''), :after_sources, :after_articles)
    OR (
      story.last IS NOT DISTINCT FROM :after_last
      AND story.independent_sources = :after_sources
      AND story.articles = :after_articles
      AND story.id > :after_id
    )
  )
ORDER BY story.last DESC NULLS LAST, story.independent_sources DESC, story.articles DESC, story.id

-- Articles that were linked: the origin of what each says, the story it is in (else that origin), its outlet and its day.
SELECT
  article.id,
  origin.id,
  coalesce(story_article.story, origin.id),
  article.source,
  substr(coalesce(article.published, article.day), 1, 10)
FROM lineage_link
JOIN article ON article.seq = lineage_link.article
JOIN lineage_link AS first ON first.lineage = lineage_link.lineage AND first.position = 0
JOIN article AS origin ON origin.seq = first.article
LEFT JOIN story_article ON story_article.article = first.article

-- Linked articles without their texts, in the order in which they were saved.
SELECT
  article.id, article.url, article.source, article.title, article.language, article.published,
  article.published_basis, reading.reader
FROM lineage_link
JOIN article ON article.seq = lineage_link.article
JOIN reading ON reading.article = article.seq
ORDER BY article.seq

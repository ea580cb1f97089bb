-- Articles with these words, best first: BM25, a word in the title counting four times as much as one in the text. Of
-- more than ten thousand, those that came last are ranked. In place of a snippet comes the text that it is cut from.
WITH phrase AS MATERIALIZED (
  SELECT parts, is_prefix, column_weight, rarity, average
  FROM phrases_of(:words)
),
hit AS MATERIALIZED (
  SELECT article.seq, words, tokens
  FROM article
  WHERE words @@ CAST(:words ->> '$.query' AS tsquery)
    AND (:since IS NULL OR day >= :since)
    AND (:until IS NULL OR day <= :until)
    AND (:source IS NULL OR source = :source)
    AND (:language IS NULL OR language = :language)
  ORDER BY seq DESC
  LIMIT 10000
)
SELECT
  article.id,
  url,
  source,
  article.title,
  language,
  published,
  published_basis,
  reading.reader,
  article.text
FROM hit
JOIN article ON article.seq = hit.seq
JOIN reading ON reading.article = article.seq
CROSS JOIN LATERAL (
  SELECT sum(relevance(often(hit.words, parts, is_prefix, column_weight), hit.tokens, rarity, average)) AS score
  FROM phrase
) AS ranked
ORDER BY ranked.score DESC, article.seq
LIMIT :most

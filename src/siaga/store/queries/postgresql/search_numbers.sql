-- Numbers of the articles with these words that fit the conditions, from a number on: best first, or newest first.
WITH phrase AS MATERIALIZED (
  SELECT parts, is_prefix, column_weight, rarity, average
  FROM phrases_of(:words)
),
hit AS MATERIALIZED (
  SELECT seq, day, words, tokens
  FROM article
  WHERE words @@ CAST(:words ->> '$.query' AS tsquery)
    AND seq >= :least
    AND (:since IS NULL OR day >= :since)
    AND (:until IS NULL OR day <= :until)
    AND (:source IS NULL OR source = :source)
    AND (:language IS NULL OR language = :language)
    AND (
      (:type IS NULL AND :country IS NULL)
      OR EXISTS (
        SELECT 1
        FROM event
        WHERE event.article = article.seq
          AND part = 'body'
          AND (:type IS NULL OR type = :type)
          AND (:country IS NULL OR country = :country)
      )
    )
)
SELECT hit.seq
FROM hit
CROSS JOIN LATERAL (
  SELECT sum(relevance(often(hit.words, parts, is_prefix, column_weight), hit.tokens, rarity, average)) AS score
  FROM phrase
) AS ranked
ORDER BY CASE WHEN :newest = 1 THEN hit.day END DESC NULLS LAST, ranked.score DESC, hit.seq

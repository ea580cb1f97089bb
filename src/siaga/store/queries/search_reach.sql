-- How many articles have these words, and the number of the first of those that came last.
SELECT count(*), (
  SELECT min(number)
  FROM (SELECT rowid AS number FROM article_words WHERE article_words MATCH :words ORDER BY rowid DESC LIMIT :reach)
)
FROM article_words
WHERE article_words MATCH :words

-- The names that articles of a source have for it, and the weeks in which it failed on some day, up to a day.
SELECT DISTINCT article.source, (CAST(julianday(source_failure.day) - 1721425.5 AS INTEGER)) / 7 AS week
FROM source_failure
JOIN page ON page.source = source_failure.source
JOIN article ON article.id = page.article
WHERE article.source IS NOT NULL AND source_failure.day <= ?

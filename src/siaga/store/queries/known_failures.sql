-- Sources that failed within these days, and the names of outlets under which their articles are known.
SELECT DISTINCT source_failure.source, coalesce(article.source, source_failure.source)
FROM source_failure
LEFT JOIN page ON page.source = source_failure.source
LEFT JOIN article ON article.id = page.article AND article.day <= :as_of
WHERE source_failure.day BETWEEN :since AND :as_of
ORDER BY 1, 2

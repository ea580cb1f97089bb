-- Sources that failed within these days: how, and on which day last.
SELECT source, kind, max(day)
FROM source_failure
WHERE day BETWEEN :since AND :until
GROUP BY source
ORDER BY source

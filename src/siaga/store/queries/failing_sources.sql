-- Sources that failed within these days: how, and on which day last.
SELECT source, kind, day
FROM source_failure
WHERE day = (
  SELECT max(day)
  FROM source_failure AS other
  WHERE other.source = source_failure.source AND other.day BETWEEN :since AND :until
)
ORDER BY source

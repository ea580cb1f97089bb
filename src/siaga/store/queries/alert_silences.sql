-- Days on which sources failed, the earliest first.
SELECT source, day
FROM source_failure
WHERE day BETWEEN :since AND :until AND (:source IS NULL OR source = :source)
ORDER BY day, source

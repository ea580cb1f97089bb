-- Days since a day, and up to another, on which sources failed.
SELECT day, source
FROM source_failure
WHERE day BETWEEN :since AND :until
ORDER BY day, source

-- Days on which a source failed, the latest first.
SELECT day, kind, expected, seen FROM source_failure WHERE source = ? ORDER BY day DESC

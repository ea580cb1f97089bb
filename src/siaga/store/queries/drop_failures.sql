-- What was said of the days of a source from one on.
DELETE FROM source_failure WHERE source = ? AND day >= ?

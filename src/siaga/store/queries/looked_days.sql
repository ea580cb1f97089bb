-- Days on which we saw at least one list of a source.
SELECT day FROM source_day WHERE source = ? AND looks > failures ORDER BY day

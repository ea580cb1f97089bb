-- The files that were imported, in order of their days.
SELECT id, name, format, events, rejected, first, last, sourced, file, bytes, sha256
FROM import
ORDER BY first NULLS FIRST, name

-- The segments, in order of the events in them.
SELECT name, layout, first, last, events, bytes, sha256
FROM segment
ORDER BY first

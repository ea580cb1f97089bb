-- First and last number of the events that are in no segment, and how many they are.
SELECT min(seq), max(seq), count(*)
FROM event
WHERE seq > (SELECT coalesce(max(last), 0) FROM segment)

-- Numbers of the events that a segment has and that no longer stand.
SELECT seq
FROM withdrawn
WHERE sealed = 1

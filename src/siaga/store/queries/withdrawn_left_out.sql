-- No segment has an event any more that does not stand.
UPDATE withdrawn
SET sealed = 0
WHERE sealed = 1

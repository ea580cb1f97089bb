-- The last number given to an event, deleted ones too.
SELECT greatest((SELECT max(seq) FROM event), (SELECT last_value FROM event_gone))

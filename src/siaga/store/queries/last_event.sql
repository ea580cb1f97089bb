-- The last number given to an event, deleted ones too.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0)

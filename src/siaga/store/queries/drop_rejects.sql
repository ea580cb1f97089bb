-- What was told of inputs that could not be used.
DELETE FROM reject WHERE id IN (SELECT value FROM json_each(?))

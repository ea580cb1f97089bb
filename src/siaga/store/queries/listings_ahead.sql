-- A list is due sooner than any look would have set it: the clock was set back since.
UPDATE listing SET due = :now WHERE failures = 0 AND due > :latest

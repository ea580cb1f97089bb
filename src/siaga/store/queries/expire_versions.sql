-- Earlier versions seen before a day lose their text.
UPDATE version SET text = NULL WHERE moment < ? AND text IS NOT NULL RETURNING number

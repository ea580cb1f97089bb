-- Articles saved before a day lose their text and what was dropped of it; titles and events stay.
UPDATE article SET text = '', dropped = '[]' WHERE saved < ? AND text <> '' RETURNING seq

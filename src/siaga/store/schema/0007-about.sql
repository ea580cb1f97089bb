-- What a page says of its article besides title, outlet and day: authors, owner, section, update, other addresses.
ALTER TABLE article ADD COLUMN about TEXT NOT NULL DEFAULT '{}'; -- JSON, with how each field is known

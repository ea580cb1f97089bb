-- The places of an article's events are free for others: what stays is given its place after this.
UPDATE event
SET position = -1 - position
WHERE article = ?

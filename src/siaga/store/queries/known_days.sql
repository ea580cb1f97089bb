-- The days on which the oldest and the newest article were published, of those known by a day.
SELECT min(day), max(day)
FROM article
WHERE day <= ?

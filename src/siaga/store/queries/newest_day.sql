-- The day on which the newest stored article was published; null where no article has a day.
SELECT max(day)
FROM article

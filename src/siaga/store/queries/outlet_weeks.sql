-- How many articles each outlet has in each week, numbered from that of the year 1, up to a day.
SELECT source, (CAST(julianday(day) - 1721425.5 AS INTEGER)) / 7 AS week, count(*)
FROM article
WHERE source IS NOT NULL AND day IS NOT NULL AND day <= ?
GROUP BY source, week

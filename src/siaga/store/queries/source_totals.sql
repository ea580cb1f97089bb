-- What a source gave since a day.
SELECT
  coalesce(sum(looks), 0), coalesce(sum(failures), 0), coalesce(sum(found), 0), coalesce(sum(articles), 0),
  coalesce(sum(rejected), 0), coalesce(sum(unchanged), 0), coalesce(sum(requests), 0)
FROM source_day
WHERE source = ? AND day >= ?

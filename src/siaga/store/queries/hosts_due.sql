-- Hosts that have something to be fetched now and that nobody is asking, those that wait longest first.
SELECT host
FROM (
  SELECT host, min(due) AS first
  FROM page
  WHERE due <= :now AND (leased IS NULL OR leased <= :now)
  GROUP BY host
  UNION ALL
  SELECT host, min(due) AS first
  FROM listing
  WHERE due <= :now AND (leased IS NULL OR leased <= :now)
  GROUP BY host
) AS due
WHERE host NOT IN (SELECT value FROM json_each(:busy))
GROUP BY host
ORDER BY min(first)

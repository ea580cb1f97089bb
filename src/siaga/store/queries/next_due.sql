-- When the next thing is due that nobody has taken.
SELECT min(due)
FROM (
  SELECT min(due) AS due FROM page WHERE due IS NOT NULL AND leased IS NULL
  UNION ALL
  SELECT min(due) AS due FROM listing WHERE leased IS NULL
)

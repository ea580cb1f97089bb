-- The latest moment at which anything was saved.
SELECT max(moment)
FROM (
  SELECT max(saved) AS moment FROM article
  UNION ALL
  SELECT max(looked) AS moment FROM listing
  UNION ALL
  SELECT max(applied) AS moment FROM migration
) AS moments

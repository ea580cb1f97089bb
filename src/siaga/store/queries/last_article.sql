-- When an article of a source was last fetched, and when one of its lists was last seen.
SELECT
  (SELECT max(fetched) FROM page WHERE source = :source AND article IS NOT NULL),
  (SELECT max(succeeded) FROM listing WHERE source = :source)

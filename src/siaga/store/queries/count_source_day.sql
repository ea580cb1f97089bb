-- Add to what a source gave on a day.
INSERT INTO source_day (source, day, looks, failures, found, articles, rejected, unchanged, requests)
VALUES (:source, :day, :looks, :failures, :found, :articles, :rejected, :unchanged, :requests)
ON CONFLICT (source, day) DO UPDATE SET
  looks = source_day.looks + excluded.looks,
  failures = source_day.failures + excluded.failures,
  found = source_day.found + excluded.found,
  articles = source_day.articles + excluded.articles,
  rejected = source_day.rejected + excluded.rejected,
  unchanged = source_day.unchanged + excluded.unchanged,
  requests = source_day.requests + excluded.requests

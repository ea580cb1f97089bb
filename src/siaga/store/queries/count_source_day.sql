-- Add to what a source gave on a day.
INSERT INTO source_day (source, day, looks, failures, found, articles, rejected, unchanged, requests)
VALUES (:source, :day, :looks, :failures, :found, :articles, :rejected, :unchanged, :requests)
ON CONFLICT (source, day) DO UPDATE SET
  looks = looks + excluded.looks,
  failures = failures + excluded.failures,
  found = found + excluded.found,
  articles = articles + excluded.articles,
  rejected = rejected + excluded.rejected,
  unchanged = unchanged + excluded.unchanged,
  requests = requests + excluded.requests

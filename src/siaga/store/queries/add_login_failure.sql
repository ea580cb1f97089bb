-- Count a failed login; after a day without one it begins anew.
INSERT INTO login_failure (hash, times, latest)
VALUES (:hash, 1, :moment)
ON CONFLICT DO UPDATE
SET times = iif(latest < :day_ago, 1, times + 1), latest = :moment

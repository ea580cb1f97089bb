-- Count a failed login; after a day without one it begins anew.
INSERT INTO login_failure (hash, times, latest)
VALUES (:hash, 1, :moment)
ON CONFLICT (hash) DO UPDATE
SET times = CASE WHEN login_failure.latest < :day_ago THEN 1 ELSE login_failure.times + 1 END, latest = :moment

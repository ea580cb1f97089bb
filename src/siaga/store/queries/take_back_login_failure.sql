-- Take back one failed login that was none.
UPDATE login_failure
SET times = times - 1
WHERE hash = ?

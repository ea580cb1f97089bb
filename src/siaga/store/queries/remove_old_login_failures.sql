-- Forget failed logins that are older than a day.
DELETE FROM login_failure
WHERE latest < ?

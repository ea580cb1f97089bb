-- How often logins failed under a name or from an address, and when last.
SELECT times, latest
FROM login_failure
WHERE hash = ?

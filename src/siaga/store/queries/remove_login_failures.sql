-- Forget the failed logins under a name, or from an address.
DELETE FROM login_failure
WHERE hash = ?

-- An account with the hash of its password.
SELECT name, role, secret
FROM account
WHERE name = ?

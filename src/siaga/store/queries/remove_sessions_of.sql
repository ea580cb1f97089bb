-- Remove all sessions of an account.
DELETE FROM session
WHERE account = (SELECT number FROM account WHERE name = ?)

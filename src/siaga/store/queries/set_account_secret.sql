-- Give an account another password.
UPDATE account
SET secret = :secret, changed = :moment
WHERE name = :name

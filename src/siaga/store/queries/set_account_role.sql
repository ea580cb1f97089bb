-- Give an account another role.
UPDATE account
SET role = :role
WHERE name = :name

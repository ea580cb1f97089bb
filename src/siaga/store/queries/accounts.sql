-- The accounts, by name.
SELECT name, role, made, changed
FROM account
ORDER BY name

-- Remove an account; its sessions and tokens go with it.
DELETE FROM account
WHERE name = ?

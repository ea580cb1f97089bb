-- Add a session of an account.
INSERT INTO session (hash, account, made, seen, ends)
SELECT :hash, number, :moment, :moment, :ends
FROM account
WHERE name = :name

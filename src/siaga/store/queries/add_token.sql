-- Add a token of an account.
INSERT INTO token (id, hash, account, label, scope, made, ends)
SELECT :id, :hash, number, :label, :scope, :moment, :ends
FROM account
WHERE name = :name

-- The tokens of an account, or of all (null), the newest first.
SELECT token.id, account.name, token.label, token.scope, token.made, token.ends, token.used
FROM token
JOIN account ON account.number = token.account
WHERE :name IS NULL OR account.name = :name
ORDER BY token.made DESC, token.id

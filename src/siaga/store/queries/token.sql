-- Whose a token is that still holds.
SELECT token.id, account.name, account.role, token.scope, token.used
FROM token
JOIN account ON account.number = token.account
WHERE token.hash = :hash AND token.ends > :moment

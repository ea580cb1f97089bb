-- Remove a token of an account, or of whomever (null); says whose it was.
DELETE FROM token
WHERE id = :id AND (:name IS NULL OR account = (SELECT number FROM account WHERE name = :name))
RETURNING (SELECT name FROM account WHERE number = account)

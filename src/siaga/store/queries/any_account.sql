-- Whether anybody has an account.
SELECT EXISTS (SELECT 1 FROM account)

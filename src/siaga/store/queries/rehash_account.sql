-- Keep the same password under a stronger hash; nothing happens if it was changed meanwhile.
UPDATE account
SET secret = :new
WHERE name = :name AND secret = :old

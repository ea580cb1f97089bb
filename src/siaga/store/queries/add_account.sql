-- Add an account; nothing happens if the name is taken.
INSERT INTO account (name, role, secret, made, changed)
VALUES (:name, :role, :secret, :moment, :moment)
ON CONFLICT DO NOTHING

-- The last article that a rule has looked at.
SELECT article FROM alert_looked WHERE rule = ?

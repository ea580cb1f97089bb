-- The alert with this id.
SELECT record FROM alert WHERE id = ?

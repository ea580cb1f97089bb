-- Enter an alert; one that was told already is left as it is, and gives no row.
INSERT INTO alert (id, rule, subject, since, as_of, fired, record)
SELECT :id, :rule, :subject, :since, :as_of, :fired, :record
WHERE NOT EXISTS (SELECT 1 FROM alert WHERE id = :id)
RETURNING number

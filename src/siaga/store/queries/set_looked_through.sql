-- Say how far a rule has looked.
INSERT INTO alert_looked (rule, article)
VALUES (:rule, :article)
ON CONFLICT (rule) DO UPDATE SET article = excluded.article

-- What a server said of robots.
INSERT INTO robots (origin, verdict, text, moment)
VALUES (?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET verdict = excluded.verdict, text = excluded.text, moment = excluded.moment

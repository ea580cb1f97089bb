-- Whose a session is that still holds, and when it was seen.
SELECT account.name, account.role, session.seen
FROM session
JOIN account ON account.number = session.account
WHERE session.hash = :hash AND session.ends > :moment AND session.seen > :idle_since

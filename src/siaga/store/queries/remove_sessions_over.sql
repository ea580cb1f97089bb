-- Remove sessions that no longer hold.
DELETE FROM session
WHERE ends <= :moment OR seen <= :idle_since

-- Leave out what would go further up, since somebody took notice.
UPDATE outbox
SET state = 'dropped', ended = :moment, leased = NULL
WHERE alert = :alert AND escalated = 1 AND state = 'waiting'

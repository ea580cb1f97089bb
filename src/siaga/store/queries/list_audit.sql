-- The audit trail, newest first; null is no condition, and a deed stands for all that begin with it.
SELECT number, moment, who, means, deed, object, note
FROM audit
WHERE (:who IS NULL OR who = :who)
  AND (:deed IS NULL OR deed = :deed OR deed LIKE :deed || '.%')
  AND (:since IS NULL OR moment >= :since)
  AND (:before IS NULL OR number < :before)
ORDER BY number DESC
LIMIT :most

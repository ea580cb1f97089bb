-- What could not be used, newest first; null is no condition.
SELECT stage, id, reason, message, saved
FROM reject
WHERE (:stage IS NULL OR stage = :stage)
  AND (:reason IS NULL OR reason = :reason)
ORDER BY saved DESC, stage, id, reason, message
LIMIT :most

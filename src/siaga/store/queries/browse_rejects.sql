-- What could not be used, newest first, from a place in that order on; null is no condition.
SELECT stage, id, reason, message, saved
FROM reject
WHERE (:stage IS NULL OR stage = :stage)
  AND (:reason IS NULL OR reason = :reason)
  AND (
    :after_saved IS NULL
    OR saved < :after_saved
    OR (saved = :after_saved AND (stage, id, reason, message) > (:after_stage, :after_id, :after_reason, :after_message))
  )
ORDER BY saved DESC, stage, id, reason, message

-- Incidents that meet every condition that is given, the latest first, from a place in that order on; one that several
-- stories tell comes once, as the first of them has it.
SELECT coalesce(latest, earliest, '') AS day, id, record
FROM incident
WHERE (:since IS NULL OR coalesce(latest, earliest) >= :since)
  AND (:until IS NULL OR coalesce(earliest, latest) <= :until)
  AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
  AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
  AND (:story IS NULL OR story = :story)
  AND independent_sources >= :least_sources
  AND (:after_id IS NULL OR (coalesce(latest, earliest, ''), id) < (:after_day, :after_id))
  AND (
    :story IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM incident AS other WHERE other.id = incident.id AND other.story < incident.story)
  )
ORDER BY day DESC, id DESC

-- Keep an incident of a story.
INSERT INTO incident (id, story, type, status, earliest, latest, independent_sources, position, record)
VALUES (:id, :story, :type, :status, :earliest, :latest, :independent_sources, :position, :record)

-- The run with this id, or the only one whose id begins so.
SELECT record FROM playbook_run WHERE id = :id OR (length(:id) > 3 AND id LIKE :id || '%')

-- Begin a run of a playbook.
INSERT INTO playbook_run (id, name, unit, began, record) VALUES (:id, :name, :unit, :began, :record)

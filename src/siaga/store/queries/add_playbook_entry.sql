-- Add to the trail of a run.
INSERT INTO playbook_entry (run, kind, step, who, moment, record, hash)
VALUES (:run, :kind, :step, :who, :moment, :record, :hash)
RETURNING number

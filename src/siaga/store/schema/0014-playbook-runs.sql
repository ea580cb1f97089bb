-- Runs of playbooks: a plan as it was when it began, and the trail of what was done. Both are only added to; each entry
-- carries a hash over itself and the one before it, so that a change behind our back is found.
CREATE TABLE playbook_run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id     TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,                -- of the playbook
  unit   TEXT NOT NULL,                -- what it is about
  began  TEXT NOT NULL,
  record TEXT NOT NULL                 -- with the whole playbook
) STRICT;
CREATE TABLE playbook_entry (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  run    TEXT NOT NULL REFERENCES playbook_run (id),
  kind   TEXT NOT NULL CHECK (
    kind IN ('started', 'done', 'skipped', 'reopened', 'checked', 'unchecked', 'note', 'closed')
  ),
  step   TEXT,
  who    TEXT NOT NULL,
  moment TEXT NOT NULL,
  record TEXT NOT NULL,
  hash   TEXT NOT NULL                 -- SHA-256 of the hash before it in the run and of the record
) STRICT;
CREATE INDEX playbook_entry_by_run ON playbook_entry (run, number);
CREATE TRIGGER playbook_run_stays BEFORE UPDATE ON playbook_run BEGIN
  SELECT raise(ABORT, 'runs of playbooks are only added to');
END;
CREATE TRIGGER playbook_run_comes_once BEFORE INSERT ON playbook_run
WHEN EXISTS (SELECT 1 FROM playbook_run WHERE number = new.number OR id = new.id)
BEGIN
  SELECT raise(ABORT, 'this run is there already');
END;
CREATE TRIGGER playbook_run_remains BEFORE DELETE ON playbook_run BEGIN
  SELECT raise(ABORT, 'runs of playbooks are only added to');
END;
CREATE TRIGGER playbook_entry_stays BEFORE UPDATE ON playbook_entry BEGIN
  SELECT raise(ABORT, 'the trail of a run is only added to');
END;
CREATE TRIGGER playbook_entry_comes_once BEFORE INSERT ON playbook_entry
WHEN EXISTS (SELECT 1 FROM playbook_entry WHERE number = new.number)
BEGIN
  SELECT raise(ABORT, 'the trail of a run is only added to');
END;
CREATE TRIGGER playbook_entry_is_last BEFORE INSERT ON playbook_entry
WHEN EXISTS (SELECT 1 FROM playbook_entry WHERE run = new.run AND kind = 'closed')
BEGIN
  SELECT raise(ABORT, 'this run is closed');
END;
CREATE TRIGGER playbook_entry_remains BEFORE DELETE ON playbook_entry BEGIN
  SELECT raise(ABORT, 'the trail of a run is only added to');
END;

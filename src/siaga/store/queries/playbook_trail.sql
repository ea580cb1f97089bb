-- The trail of a run, in order.
SELECT number, record, hash FROM playbook_entry WHERE run = ? ORDER BY number

-- All runs, the latest first.
SELECT record FROM playbook_run ORDER BY number DESC

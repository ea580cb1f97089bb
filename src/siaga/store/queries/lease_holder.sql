-- PostgreSQL. Who has the right to write: program, machine and process, as it calls itself.
SELECT pg_stat_activity.application_name
FROM pg_locks
JOIN pg_stat_activity ON pg_stat_activity.pid = pg_locks.pid
WHERE pg_locks.locktype = 'advisory'
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pg_locks.classid = 1397309767
  AND pg_locks.objid = 1
  AND pg_locks.granted

-- Begin to write, once nobody else does, as in SQLite: what was looked up within still holds when it is saved.
BEGIN;
SELECT pg_advisory_xact_lock(1397309767, 2);

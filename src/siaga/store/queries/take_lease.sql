-- PostgreSQL. Take the right to write for as long as the session lasts; false where another session has it.
SELECT pg_try_advisory_lock(1397309767, 1)

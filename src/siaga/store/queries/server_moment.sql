-- PostgreSQL. Which transactions can be seen, in two numbers: others after each that saved anything, here or beside.
SELECT hashtextextended(CAST(snapshot AS text), 0), CAST(CAST(pg_snapshot_xmax(snapshot) AS text) AS bigint)
FROM pg_current_snapshot() AS snapshot

-- DuckDB. What is known of units as a table, in their order: many questions about one unit each then read little of it.
CREATE TEMP TABLE known_by_unit AS
SELECT kind, unit, seq, article, source, type, status, actor, other, told, day, dated, sure
FROM known_of
ORDER BY kind, unit;
DROP VIEW known_of;
ALTER TABLE known_by_unit RENAME TO known_of;

-- The tables that refer to one, with the column that does and the column it refers to.
SELECT schema.name, reference."from", coalesce(reference."to", 'seq')
FROM sqlite_schema AS schema
JOIN pragma_foreign_key_list(schema.name) AS reference
WHERE schema.type = 'table' AND reference."table" = ?

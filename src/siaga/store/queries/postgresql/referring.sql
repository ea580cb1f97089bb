-- The tables that refer to one, with the column that does and the column it refers to.
SELECT referring.relname, own.attname, other.attname
FROM pg_constraint
JOIN pg_class AS referring ON referring.oid = pg_constraint.conrelid
JOIN pg_attribute AS own ON own.attrelid = pg_constraint.conrelid AND own.attnum = pg_constraint.conkey[1]
JOIN pg_attribute AS other ON other.attrelid = pg_constraint.confrelid AND other.attnum = pg_constraint.confkey[1]
WHERE pg_constraint.contype = 'f' AND pg_constraint.confrelid = to_regclass(?)
ORDER BY referring.relname, own.attname

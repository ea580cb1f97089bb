-- DuckDB. The first and the last week in which anything happened.
SELECT min(date_diff('day', DATE '0001-01-01', day) // 7), max(date_diff('day', DATE '0001-01-01', day) // 7)
FROM happening

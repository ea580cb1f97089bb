-- DuckDB. How many events a file has, and their first and last day.
SELECT count(*), CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR)
FROM read_parquet($path)

-- DuckDB. What claims ask for, handed over as columns of any type: a row for each query, type and party.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT
  CAST(query AS VARCHAR) AS query,
  CAST(type AS VARCHAR) AS type,
  CAST(party AS VARCHAR) AS party,
  CAST(first AS VARCHAR) AS first,
  CAST(last AS VARCHAR) AS last
FROM asked_columns

-- DuckDB. The first rows of each reason that can't be used, each with its place among them, its line, and how many there are.
SELECT
  row_number() OVER same AS place,
  line,
  reason,
  count(*) OVER (PARTITION BY reason) AS number,
  concat('day ', coalesce(told_day, '?'), ', type ', coalesce(told_type, '?'), ', count ', coalesce(told_number, '?')) AS met
FROM coded
WHERE reason IS NOT NULL
WINDOW same AS (PARTITION BY reason ORDER BY line)
QUALIFY place <= $most
ORDER BY reason, line

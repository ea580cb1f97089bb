-- DuckDB. Of which countries and bodies these outlets told most, how often, and which share of what all told that is.
SELECT
  unit,
  CAST(sum(number) FILTER (WHERE list_contains($outlets, outlet)) AS BIGINT) AS told,
  sum(number) FILTER (WHERE list_contains($outlets, outlet)) / sum(number) AS share
FROM (
  SELECT unnest(list_distinct(list_filter([actor, recipient, country], lambda one: one IS NOT NULL))) AS unit, number, outlet
  FROM happening
)
GROUP BY unit
HAVING told > 0
ORDER BY told DESC, unit
LIMIT $most

-- DuckDB. Of which countries and bodies these outlets tell most stories, how many, and which share of all that is told
-- of each.
SELECT
  unit,
  count(DISTINCT story) FILTER (WHERE list_contains($outlets, outlet)) AS told,
  told / count(DISTINCT story) AS share
FROM (
  SELECT unnest(list_distinct(list_filter([actor, recipient, country], lambda one: one IS NOT NULL))) AS unit, story, outlet
  FROM telling
)
GROUP BY unit
HAVING told > 0
ORDER BY told DESC, unit
LIMIT $most

-- DuckDB. The rows of a file as events, with the reason why one can't be used. A CAMEO code that we don't know is read as
-- the code above it; a name that is none of a country or an organisation has no code, but in brackets may stand one.
CREATE TEMP VIEW coded AS
WITH numbered AS (
  SELECT row_number() OVER () AS line, * FROM named
),
meant AS (
  SELECT
    line,
    coalesce(nullif(CAST(id AS VARCHAR), ''), CAST(line AS VARCHAR)) AS id,
    CAST(day AS VARCHAR) AS told_day,
    CAST(coalesce(
      TRY_CAST(CAST(day AS VARCHAR) AS DATE),
      try_strptime(CAST(day AS VARCHAR), ['%Y%m%d', '%d %B %Y', '%d-%b-%Y', '%Y-%m-%d %H:%M:%S', '%m/%d/%Y'])
    ) AS DATE) AS day,
    coalesce(a.code, a2.code) AS actor,
    nullif(trim(actor_name), '') AS actor_name,
    coalesce(r.code, r2.code) AS recipient,
    nullif(trim(recipient_name), '') AS recipient_name,
    coalesce(s.type, k.type, c4.type, c3.type, c2.type) AS type,
    coalesce(numbered.cameo, numbered.subkind, numbered.kind) AS told_type,
    numbered.cameo AS cameo,
    number AS told_number,
    TRY_CAST(number AS BIGINT) AS number,
    TRY_CAST(CAST(sources AS VARCHAR) AS DOUBLE) AS sources,
    p.code AS country,
    TRY_CAST(latitude AS DOUBLE) AS latitude,
    TRY_CAST(longitude AS DOUBLE) AS longitude,
    TRY_CAST(CAST(deaths AS VARCHAR) AS DOUBLE) AS deaths
  FROM numbered
  LEFT JOIN names AS a ON a.name = lower(trim(numbered.actor))
  LEFT JOIN names AS a2 ON a2.name = coalesce(
    nullif(lower(regexp_extract(actor_name, '\(([^()]+)\)$', 1)), ''), lower(trim(actor_name))
  )
  LEFT JOIN names AS r ON r.name = lower(trim(numbered.recipient))
  LEFT JOIN names AS r2 ON r2.name = coalesce(
    nullif(lower(regexp_extract(recipient_name, '\(([^()]+)\)$', 1)), ''), lower(trim(recipient_name))
  )
  LEFT JOIN names AS p ON p.name = lower(trim(numbered.country))
  LEFT JOIN kinds AS s ON s.kind = numbered.subkind
  LEFT JOIN kinds AS k ON k.kind = numbered.kind
  LEFT JOIN cameo AS c4 ON c4.code = left(numbered.cameo, 4)
  LEFT JOIN cameo AS c3 ON c3.code = left(numbered.cameo, 3)
  LEFT JOIN cameo AS c2 ON c2.code = left(numbered.cameo, 2)
)
SELECT
  *,
  CASE
    WHEN day IS NULL THEN 'no_day'
    WHEN type IS NULL THEN 'unknown_type'
    WHEN number IS NULL OR number < 0 THEN 'no_count'
    WHEN coalesce(actor, recipient, country, actor_name, recipient_name) IS NULL THEN 'no_party'
  END AS reason
FROM meant

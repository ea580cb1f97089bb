-- DuckDB. Imported events where there are none.
CREATE TEMP TABLE imported (
  id VARCHAR, day DATE, actor VARCHAR, actor_name VARCHAR, recipient VARCHAR, recipient_name VARCHAR, type VARCHAR,
  cameo VARCHAR, number BIGINT, sources DOUBLE, country VARCHAR, latitude DOUBLE, longitude DOUBLE, deaths DOUBLE
)

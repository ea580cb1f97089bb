-- DuckDB. What codes and names of other projects mean, to be filled from our assets.
CREATE TEMP TABLE cameo (code VARCHAR PRIMARY KEY, type VARCHAR);
CREATE TEMP TABLE cameo_names (name VARCHAR PRIMARY KEY, code VARCHAR);
CREATE TEMP TABLE kinds (kind VARCHAR PRIMARY KEY, type VARCHAR);
CREATE TEMP TABLE names (name VARCHAR PRIMARY KEY, code VARCHAR);
CREATE TEMP TABLE fips (fips VARCHAR PRIMARY KEY, code VARCHAR);

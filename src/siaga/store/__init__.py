"""The ground: a workspace keeps what was read in SQLite, and counts it with DuckDB over sealed segments."""

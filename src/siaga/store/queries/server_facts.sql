-- PostgreSQL. Its version, and the bytes of the database.
SELECT split_part(current_setting('server_version'), ' ', 1), pg_database_size(current_database())

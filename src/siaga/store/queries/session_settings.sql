-- PostgreSQL. Settings of a session: what is saved survives a loss of power, nobody waits for ever, and a machine that
-- says nothing for a minute is taken for dead.
SET application_name = :name;
SET client_encoding = 'UTF8';
SET search_path = siaga, pg_catalog;
SET synchronous_commit = on;
SET lock_timeout = :wait;
SET client_min_messages = warning;
SET jit = off;
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;

"""Fetching, reading and saving at once: what `siaga collect`, `siaga watch` and `siaga backfill` run."""

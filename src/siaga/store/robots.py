"""What servers said of robots, kept between runs as cells; `siaga.collect.fetch.robots` knows what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query

__all__ = ["keep_robots", "kept_robots"]

Row = tuple[str, str, str, float]
"""Origin, verdict, text, and when it was said, seconds since 1970."""


def kept_robots(connection: Connection) -> tuple[Row, ...]:
    """What was kept."""
    rows = connection.execute(query("robots"))
    return tuple((str(origin), str(verdict), str(text), float(str(moment))) for origin, verdict, text, moment in rows)


def keep_robots(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep what was said, in place of what was said before."""
    with transaction(connection):
        connection.executemany(query("set_robots"), rows)

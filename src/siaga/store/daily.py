"""The daily steps that were taken."""

from __future__ import annotations

from siaga.store.connection import Connection
from siaga.store.database import now
from siaga.store.sql import query

__all__ = ["begin_daily", "daily_began", "end_daily"]


def begin_daily(connection: Connection, as_of: str) -> int:
    """A daily step begins; its number."""
    return int(str(connection.execute(query("begin_daily"), {"as_of": as_of, "began": now()}).get))


def end_daily(connection: Connection, number: int, record: str) -> None:
    """A daily step is done; what it did."""
    connection.execute(query("end_daily"), {"number": number, "ended": now(), "record": record})


def daily_began(connection: Connection) -> str | None:
    """When the last daily step that was done began; null if none was."""
    began = connection.execute(query("last_daily")).get
    return None if began is None else str(began)

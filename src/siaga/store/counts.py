"""How much is stored."""

from __future__ import annotations

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["StoreCounts", "count_messages", "count_reasons", "count_store"]


class StoreCounts(Record):
    """How many of each kind are stored."""

    articles: int
    events: int
    """That stand."""
    quotes: int
    stories: int
    incidents: int
    claims: int
    corrections: int
    rejects: int
    unlinked: int
    """Articles that were not compared with others yet."""


def count_store(connection: Connection) -> StoreCounts:
    """How much is stored."""
    [row] = connection.execute(query("store_counts"))
    return StoreCounts(**{name: int(str(one)) for name, one in zip(StoreCounts.__struct_fields__, row, strict=True)})


def count_reasons(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    """How many inputs could not be used: stage, reason, number."""
    return tuple((str(stage), str(why), int(str(n))) for stage, why, n in connection.execute(query("reject_counts")))


def count_messages(connection: Connection) -> dict[str, int]:
    """How many messages of alerts there are in each state."""
    return {str(state): int(str(number)) for state, number in connection.execute(query("outbox_counts"))}

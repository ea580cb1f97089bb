"""What could not be used, back with its reason and the moment at which it was met."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["StoredReject", "count_rejects", "list_rejects"]

NO_LIMIT = 2**62
"""As SQLite has it."""


class StoredReject(Record):
    """An input that could not be used: one line of `siaga rejects --format jsonl`."""

    stage: str
    id: str
    reason: str
    message: str
    saved: str
    """When it was met first, RFC 3339 in UTC."""


def list_rejects(
    connection: Connection, stage: str | None = None, reason: str | None = None, most: int | None = None
) -> Iterator[StoredReject]:
    """What could not be used, newest first; a stage or a reason that is null is no condition."""
    values = {"stage": stage, "reason": reason, "most": most or NO_LIMIT}
    for cells in connection.execute(query("list_rejects"), values):
        stage_, id_, reason_, message, saved = map(str, cells)
        yield StoredReject(stage=stage_, id=id_, reason=reason_, message=message, saved=saved)


def count_rejects(connection: Connection) -> int:
    """How many inputs could not be used."""
    return int(str(connection.execute(query("count_rejects")).get))

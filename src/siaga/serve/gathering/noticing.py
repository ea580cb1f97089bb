"""Sources that fell silent, noticed after each run: their days are marked, and with them every series they feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from siaga.base.source import Source
from siaga.monitor.silence import Failure, failed_days, filled
from siaga.store.connection import Connection
from siaga.store.health import StoredFailure, looked_days, published_days, set_failures

__all__ = ["notice_failures"]

DAYS_BACK = 120
"""Days that are judged again: what a backfill brought clears the marks of its days."""


def notice_failures(
    connection: Connection, sources: Iterable[Source], moment: str
) -> tuple[tuple[Source, Failure], ...]:
    """Mark the days on which sources failed; of each source that failed on the last whole day, that failure."""
    yesterday = date.fromisoformat(moment[:10]) - timedelta(days=1)
    found = []
    for source in sources:
        failures = _failures(connection, source, yesterday)
        if failures is None:
            continue
        since = (yesterday - timedelta(days=DAYS_BACK)).isoformat()
        set_failures(connection, source.id, since, (_stored(one) for one in failures), moment)
        found += [(source, one) for one in failures if one.day == yesterday.isoformat()]
    return tuple(found)


def _failures(connection: Connection, source: Source, last: date) -> tuple[Failure, ...] | None:
    """The days since we look at a source on which it failed; null if we have not looked long enough to say."""
    looked = looked_days(connection, source.id)
    if source.paused or not looked or looked[0] > last.isoformat():
        return None
    first = max(looked[0], (last - timedelta(days=2 * DAYS_BACK)).isoformat())
    days = filled(published_days(connection, source.id), frozenset(looked), first, last.isoformat())
    return failed_days(days, source.expected)


def _stored(failure: Failure) -> StoredFailure:
    return StoredFailure(day=failure.day, kind=failure.kind, expected=failure.expected, seen=failure.seen)

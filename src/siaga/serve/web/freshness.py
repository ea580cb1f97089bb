"""How fresh what a page shows is, and which sources failed."""

from __future__ import annotations

from datetime import date, timedelta

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.health import failing_sources, saved_last
from siaga.store.published import articles_between, newest_day

__all__ = ["FailedSource", "Freshness", "freshness"]

WEEK = 7


class FailedSource(Record):
    """A source that gave less than chance explains."""

    source: str
    kind: str
    """`silent`, `shrinking` or `unwatched`."""
    day: str
    """The last on which it failed."""


class Freshness(Record):
    """The state of the store on a day."""

    as_of: str | None
    newest: str | None
    """Day of the newest article."""
    saved: str | None
    """When an article was last saved."""
    articles: int
    """Published in the seven days up to `as_of`."""
    failed: tuple[FailedSource, ...]
    """In these days."""


def freshness(connection: Connection, as_of: date | None) -> Freshness:
    """The state of the store on a day."""
    newest = newest_day(connection)
    day = as_of or newest
    if day is None:
        return Freshness(as_of=None, newest=None, saved=saved_last(connection), articles=0, failed=())
    since, until = (day - timedelta(days=WEEK - 1)).isoformat(), day.isoformat()
    return Freshness(
        as_of=until,
        newest=newest.isoformat() if newest else None,
        saved=saved_last(connection),
        articles=articles_between(connection, since, until),
        failed=tuple(
            FailedSource(source=source, kind=kind, day=failed)
            for source, kind, failed in failing_sources(connection, since, until)
        ),
    )

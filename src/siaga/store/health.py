"""How sources fare: what each gave, by day, and the days on which it failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.jobs import Counts
from siaga.store.sql import query

__all__ = [
    "Failed", "Fare", "StoredFailure", "failed_days", "failing_sources", "fare", "last_event", "looked_days",
    "newest_moment", "outlets_of", "published_days", "saved_last", "set_failures",
]  # fmt: skip


class StoredFailure(Record):
    """A day on which a source failed: `silent`, `shrinking` or `unwatched`."""

    day: str
    kind: str
    expected: float
    seen: int


class Failed(Record):
    """A list that can't be had."""

    url: str
    failures: int
    reason: str | None


class Fare(Record):
    """How a source fares."""

    totals: Counts
    """Since the day that was asked for."""
    waiting: int
    given_up: int
    last_article: str | None
    """When one was last fetched."""
    last_success: str | None
    """When one of its lists was last seen."""
    lists: tuple[Failed, ...]
    failures: tuple[StoredFailure, ...]
    """The latest first."""


def published_days(connection: Connection, source: str) -> Mapping[str, int]:
    """How many articles of a source we have of each day on which they were published."""
    return {str(day): int(str(count)) for day, count in connection.execute(query("published_days"), (source,))}


def looked_days(connection: Connection, source: str) -> tuple[str, ...]:
    """Days on which we saw one of its lists, the first first."""
    return tuple(str(day) for (day,) in connection.execute(query("looked_days"), (source,)))


def set_failures(
    connection: Connection, source: str, since: str, failures: Iterable[StoredFailure], moment: str
) -> None:
    """Put these failures in the place of what was said of a source since a day."""
    with transaction(connection):
        connection.execute(query("drop_failures"), (source, since))
        connection.executemany(
            query("add_failure"),
            ((source, one.day, one.kind, one.expected, one.seen, moment) for one in failures if one.day >= since),
        )


def fare(connection: Connection, source: str, since: str) -> Fare:
    """How a source fares."""
    [totals] = connection.execute(query("source_totals"), (source, since))
    [(waiting, given_up)] = connection.execute(query("waiting_of_source"), (source,))
    [(last_article, last_success)] = connection.execute(query("last_article"), {"source": source})
    failing = connection.execute(query("listings_failing"), (source,))
    failures = connection.execute(query("failures_of_source"), (source,))
    return Fare(
        totals=Counts(**dict(zip(Counts.__struct_fields__, (int(str(one)) for one in totals), strict=True))),
        waiting=int(str(waiting)), given_up=int(str(given_up)), last_article=_word(last_article),
        last_success=_word(last_success),
        lists=tuple(Failed(url=str(url), failures=int(str(n)), reason=_word(why)) for url, n, why in failing),
        failures=tuple(
            StoredFailure(day=str(day), kind=str(kind), expected=float(str(expected)), seen=int(str(seen)))
            for day, kind, expected, seen in failures
        ),
    )  # fmt: skip


def newest_moment(connection: Connection) -> str | None:
    """The latest moment at which anything was saved; null in a store that nothing was done with."""
    return _word(connection.execute(query("newest_moment")).get)


def saved_last(connection: Connection) -> str | None:
    """When the article that came last was saved; null in a store without any."""
    return _word(connection.execute(query("saved_last")).get)


def last_event(connection: Connection) -> int:
    """The number that was given to an event last: about how many there are."""
    return int(str(connection.execute(query("last_event")).get))


def failing_sources(connection: Connection, since: str, until: str) -> tuple[tuple[str, str, str], ...]:
    """Sources that failed within these days: name, how, and on which day last."""
    rows = connection.execute(query("failing_sources"), {"since": since, "until": until})
    return tuple((str(source), str(kind), str(day)) for source, kind, day in rows)


def failed_days(connection: Connection, since: str, until: str) -> dict[str, tuple[str, ...]]:
    """The sources that failed on each day of these on which any did."""
    found: dict[str, list[str]] = {}
    for day, source in connection.execute(query("failed_days"), {"since": since, "until": until}):
        found.setdefault(str(day), []).append(str(source))
    return {day: tuple(sources) for day, sources in found.items()}


def outlets_of(connection: Connection, source: str) -> tuple[str, ...]:
    """The names that articles of a source have for it."""
    return tuple(str(name) for (name,) in connection.execute(query("outlets_of_source"), (source,)))


def _word(value: object) -> str | None:
    return None if value is None else str(value)

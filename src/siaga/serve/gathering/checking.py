"""Whether sources are as their files say, and how they fare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.base.source import Source
from siaga.collect.asking import Asking
from siaga.monitor.silence import expected_on, failing_now, filled
from siaga.store.connection import Connection
from siaga.store.health import fare, looked_days, published_days

__all__ = ["SourceState", "faults_of", "state_of"]

DAYS = 28
LONGEST_UNSEEN = 3
"""Looks in a row that failed, from which on a list is down and not only late."""
Said = tuple[str, dict[str, object]]
"""A message of the catalogue and its values."""


class SourceState(Record):
    """How a source fares: one line of `siaga sources status --format jsonl`."""

    source: str
    name: str
    owner: str | None
    state: Literal["new", "well", "silent", "shrinking", "unwatched", "unreachable", "paused"]
    days: tuple[int, ...]
    """Articles we have of each of the last 28 days on which they were published, today the last."""
    expected: float | None
    """Of yesterday; null while it is learnt."""
    seen: int
    """Of yesterday."""
    last_success: str | None
    last_article: str | None
    requests: int
    articles: int
    rejected: int
    """In these 28 days."""
    waiting: int
    given_up: int
    failed_days: int
    """Of these 28."""


def state_of(connection: Connection, source: Source, moment: str) -> SourceState:
    """How a source fares at a moment."""
    today = date.fromisoformat(moment[:10])
    since = (today - timedelta(days=DAYS - 1)).isoformat()
    fares, looked = fare(connection, source.id, since), looked_days(connection, source.id)
    first = min([since, *looked[:1]])
    days = filled(published_days(connection, source.id), frozenset(looked), first, today.isoformat())
    expected = expected_on(days, len(days) - 2, source.expected) if len(days) > 1 else None
    failed = [one for one in fares.failures if one.day >= since]
    return SourceState(
        source=source.id, name=source.name, owner=source.owner, days=tuple(one.articles for one in days[-DAYS:]),
        expected=expected, seen=days[-2].articles if len(days) > 1 else 0, last_success=fares.last_success,
        last_article=fares.last_article, requests=fares.totals.requests, articles=fares.totals.articles,
        rejected=fares.totals.rejected, waiting=fares.waiting, given_up=fares.given_up, failed_days=len(failed),
        state=_state(source, (fares.last_success, fares.last_article, expected), moment,
                     failed[0].kind if failed and failed[0].day == days[-2].day else None,
                     max((one.failures for one in fares.lists), default=0)),
    )  # fmt: skip


def _state(
    source: Source, known: tuple[str | None, str | None, float | None], moment: str, failed: str | None, failures: int
) -> Literal["new", "well", "silent", "shrinking", "unwatched", "unreachable", "paused"]:
    success, article, expected = known
    if source.paused:
        return "paused"
    if failures >= LONGEST_UNSEEN:
        return "unreachable"
    if failed in {"silent", "shrinking", "unwatched"}:
        return "silent" if failed == "silent" else "shrinking" if failed == "shrinking" else "unwatched"
    if success is None:
        return "new"
    if expected and article and failing_now(_hours(article, moment), expected):
        return "silent" if _hours(success, moment) < _hours(article, moment) else "unwatched"
    return "well"


def _hours(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 3600


def faults_of(asking: Asking, source: Source, today: date) -> Iterator[Said]:
    """What is wrong with a source: lists that can't be had or are empty, layouts of the past; or that all is well."""
    faults = [*_stale(source, today), *_lists(asking, source, today)]
    yield from faults or [("gather.fine", {})]


def _stale(source: Source, today: date) -> Iterator[Said]:
    if source.layout and source.layout_on(today) is None:
        yield "gather.layout_stale", {"day": max(str(one.until) for one in source.layout)}
    if not (source.feeds or source.sitemaps or source.sections):
        yield "gather.no_lists", {}


def _lists(asking: Asking, source: Source, today: date) -> Iterator[Said]:
    for url in (*source.feeds, *source.sitemaps, *source.sections):
        try:
            expects: Literal["page", "listing"] = "page" if url in source.sections else "listing"
            _, told = asking.outline(url, expects, source.layout_on(today))
        except RejectError as error:
            yield "gather.list_fault", {"url": url, "reason": error.code, "message": str(error)}
            continue
        if not told.listing.entries:
            yield "gather.list_empty", {"url": url}

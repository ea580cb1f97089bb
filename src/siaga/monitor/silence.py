"""Sources that fell silent: days with fewer articles than chance explains. A dead feed must never look like peace."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import numpy as np

from siaga.base.record import Record

__all__ = ["Failure", "SourceDay", "expected_on", "failed_days", "failing_now", "filled"]

LEARNING_DAYS = 14
"""Days before anything is said of what a source usually gives, unless its file says."""
WINDOW_DAYS = 56
"""Days that tell what is usual on a day of the week."""
CHANCE = 0.0003
"""Of so few articles, at or below which a day has failed. With the spread below, set on invented newsrooms (a third
more or less from day to day, slow weekends): no false notice in 12,740 days, and a silence found on its first day where
50 articles a day are usual, on its third where 5 are (tests/unit/monitor/test_silence.py)."""
SPREAD = 0.4
"""Standard deviation of a newsroom's days around what is expected, as a share of it, beside that of chance."""
SHRUNK = 0.6
"""Share of what is expected below which a feed is shrinking; above it, it may be a slow day."""
STRETCHES = (1, 2, 3, 7)
"""Days looked at together: one silent day of a large source says enough, a small one takes a week."""
NIGHT = 12.0
"""Hours for which any newsroom may be silent."""

FailureKind = Literal["silent", "shrinking", "unwatched"]


class SourceDay(Record):
    """What a source published on a day, as far as we have it."""

    day: str
    articles: int
    looked: bool = True
    """Whether we looked at it on that day."""


class Failure(Record):
    """A day on which a source failed, or we did."""

    day: str
    kind: FailureKind
    expected: float
    seen: int


def failed_days(days: Sequence[SourceDay], expected: float | None = None) -> tuple[Failure, ...]:
    """The days on which a source gave fewer articles than chance explains.

    Args:
        days: one after the other without a gap, the oldest first; the last one is over.
        expected: articles a day, by the file of the source; null: learnt from the days before.

    """
    found: dict[str, Failure] = {}
    for place in range(len(days)):
        usual = expected_on(days, place, expected, frozenset(found))
        failure = None if usual is None else _failure(days, place, usual)
        if failure is not None:
            found[failure.day] = failure
    return tuple(found.values())


def expected_on(
    days: Sequence[SourceDay], place: int, stated: float | None = None, failed: frozenset[str] = frozenset()
) -> float | None:
    """Articles to be expected on a day, by the days before it; null while it is learnt.

    The middle of the same days of the week or of all days, whichever is less: weekends are slow in some newsrooms.

    Days that failed are not what is usual. What a file states counts until that much was seen.
    """
    before = [one for one in days[max(0, place - WINDOW_DAYS) : place] if one.day not in failed and one.looked]
    if len(before) < LEARNING_DAYS:
        return stated
    same = [one.articles for one in before if _weekday(one.day) == _weekday(days[place].day)]
    every = float(np.median([one.articles for one in before]))
    own = min(every, float(np.median(same))) if same else every
    return own if stated is None else max(own, stated / 2)


def failing_now(hours: float, a_day: float) -> bool:
    """Whether a silence of so many hours is longer than chance explains for a source of so many articles a day.

    Nights are silent everywhere: half a day never counts.
    """
    return hours > NIGHT and math.exp(-a_day * (hours - NIGHT) / 24) < CHANCE


def _failure(days: Sequence[SourceDay], place: int, usual: float) -> Failure | None:
    """The failure of a day, by itself or by the stretch that ends with it."""
    day = days[place]
    if day.articles > SHRUNK * usual or not any(_fails(days, place, length, usual) for length in STRETCHES):
        return None
    kind: FailureKind = "shrinking" if day.articles else "silent"
    return Failure(day=day.day, kind=kind if day.looked else "unwatched", expected=usual, seen=day.articles)


def _fails(days: Sequence[SourceDay], place: int, length: int, usual: float) -> bool:
    if length > place + 1:
        return False
    seen, expected = sum(one.articles for one in days[place - length + 1 : place + 1]), usual * length
    return seen <= SHRUNK * expected and chance_of_fewer(seen, expected, length) <= CHANCE


def chance_of_fewer(seen: int, expected: float, days: int = 1) -> float:
    """The chance of so many articles or fewer in so many days: a negative binomial of that mean, spread day by day."""
    from scipy.stats import nbinom  # noqa: PLC0415 - slow to load

    size = days / SPREAD**2
    return float(nbinom.cdf(seen, size, size / (size + expected)))


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


def filled(counts: Mapping[str, int], looked: frozenset[str], first: str, last: str) -> tuple[SourceDay, ...]:
    """Days without a gap, from what is known of some."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = ((begin + timedelta(days=number)).isoformat() for number in range((end - begin).days + 1))
    return tuple(SourceDay(day=day, articles=counts.get(day, 0), looked=day in looked) for day in days)

"""The state of the data on a day: a dead feed must never look like peace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np

from siaga.base.record import Record
from siaga.base.warning import Stand, UnitKind, WatchState
from siaga.monitor.alarm import FAILED_SHARE, FAILURE_WEEKS, LEARNING_WEEKS
from siaga.monitor.series import FED_SHARE
from siaga.monitor.silence import chance_of_fewer, failing_now
from siaga.store.known import Known

__all__ = ["Coverage", "blind", "coverage", "is_silent", "stand_of"]

WEEK_DAYS, MONTH_DAYS, YOUNG_DAYS, HALF_YEAR_DAYS = 7, 28, 56, 182
LEAST_CHANCE = 0.001
"""Of so few articles in seven days, at or below which they failed, not the world."""


class Coverage(Record):
    """What came in up to a day, of the workspace as a whole."""

    weeks: tuple[int, ...]
    """Articles in each seven days up to the day, the latest last, from the first article on."""
    newest: str | None
    days_silent: int
    """Since the day of the newest one."""
    outlets: int
    young_outlets: int
    failed: tuple[tuple[str, str], ...]
    """Sources that failed within the seven days, and their outlets."""


def coverage(known: Known) -> Coverage:
    """What came in up to the day."""
    rows, today = known.articles(), known.as_of.toordinal()
    days = Counter({date.fromisoformat(day).toordinal(): 0 for day, _, _ in rows})
    for day, _, number in rows:
        days[date.fromisoformat(day).toordinal()] += number
    first: dict[str, int] = {}
    lately: set[str] = set()
    for day, outlet, _ in rows:
        if outlet is not None:
            first.setdefault(outlet, date.fromisoformat(day).toordinal())
            if date.fromisoformat(day).toordinal() > today - MONTH_DAYS:
                lately.add(outlet)
    newest = max(days, default=None)
    return Coverage(
        weeks=_weeks(days, today),
        newest=None if newest is None else date.fromordinal(newest).isoformat(),
        days_silent=0 if newest is None else today - newest,
        outlets=len(lately),
        young_outlets=sum(first[one] > today - YOUNG_DAYS for one in lately),
        failed=known.failures(date.fromordinal(today - WEEK_DAYS + 1)),
    )


def stand_of(known: Known, seen: Coverage, unit: tuple[UnitKind, str], counted: tuple[Sequence[str], int]) -> Stand:
    """The state of the data for one unit.

    Args:
        known: the day.
        seen: by the workspace as a whole.
        unit: its kind and name.
        counted: ids of the articles that its card rests on, and weeks of its series.

    """
    kind, name = unit
    articles, weeks = counted
    newest_about = known.newest_about(name.split("-") if kind == "pair" else (name,))
    usual = _usual(seen)
    return Stand(
        state=_state(seen, newest_about, weeks, failed=_fed_by_failed(known, seen, unit)),
        articles=seen.weeks[-1] if seen.weeks else 0,
        usual_articles=usual,
        outlets=seen.outlets,
        young_outlets=seen.young_outlets,
        newest=seen.newest,
        newest_about=newest_about,
        failed=tuple(dict.fromkeys(source for source, _ in seen.failed)),
        unlinked=known.unlinked(articles),
    )


def blind(state: WatchState) -> bool:
    """Whether silence means nothing: that little is told is no sign of peace."""
    return state in {"source_failure", "silent", "unmonitored"}


def _state(seen: Coverage, newest_about: str | None, weeks: int, *, failed: bool) -> WatchState:
    if newest_about is None:
        return "unmonitored"
    if is_silent(seen):
        return "silent"
    if failed or _has_failed(seen):
        return "source_failure"
    return "watched" if weeks >= LEARNING_WEEKS else "learning"


def is_silent(seen: Coverage) -> bool:
    """Whether nothing came in for longer than chance explains, by how much came in the half-year before the silence.

    Of a workspace of imports alone nobody knows.
    """
    if seen.newest is None:
        return False
    last = max(week for week, number in enumerate(seen.weeks) if number)
    before = seen.weeks[max(0, last - LEARNING_WEEKS + 1) : last + 1]
    hours = 24.0 * seen.days_silent
    return hours > 24 * WEEK_DAYS and failing_now(hours, float(np.mean(before)) / WEEK_DAYS)


def _has_failed(seen: Coverage) -> bool:
    """Whether far fewer articles came than usually do, and chance does not explain it."""
    usual = _usual(seen)
    if usual is None or seen.weeks[-1] >= FAILED_SHARE * usual:
        return False
    return chance_of_fewer(seen.weeks[-1], usual, WEEK_DAYS) <= LEAST_CHANCE


def _usual(seen: Coverage) -> float | None:
    before = seen.weeks[-FAILURE_WEEKS - 1 : -1]
    return float(np.median(before)) if len(before) == FAILURE_WEEKS else None


def _fed_by_failed(known: Known, seen: Coverage, unit: tuple[UnitKind, str]) -> bool:
    """Whether sources that failed told a good part of what was told of the unit in the last half-year."""
    if not seen.failed:
        return False
    outlets = {outlet for _, outlet in seen.failed}
    told = known.outlets_of(*unit, date.fromordinal(known.as_of.toordinal() - HALF_YEAR_DAYS))
    whole = sum(number for _, number in told)
    return bool(whole) and sum(number for outlet, number in told if outlet in outlets) >= FED_SHARE * whole


def _weeks(days: Counter[int], today: int) -> tuple[int, ...]:
    if not days:
        return ()
    length = (today - min(days)) // WEEK_DAYS + 1
    found = [0] * length
    for day, number in days.items():
        found[length - 1 - (today - day) // WEEK_DAYS] += number
    return tuple(found)

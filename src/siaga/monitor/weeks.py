"""The weeks of a warning's series, to be drawn: what was told, what was usual, and what kept us from knowing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from siaga.base.record import Record
from siaga.base.warning import UnitKind
from siaga.monitor.rule import WarningRule
from siaga.monitor.scores import Bin, reliability
from siaga.monitor.walk import WEEK, Walk, bound
from siaga.monitor.warning import Scene, SeriesName

__all__ = ["Reliability", "WeekSeen", "reliability_of", "weeks_seen"]

MOST_WEEKS = 104
"""Two years: what is a week of a third is too narrow to be seen."""


class WeekSeen(Record):
    """Seven days."""

    first: str
    last: str
    count: float
    """Acts that became known."""
    expected: float | None
    """If all was as usual; null where that was still learnt."""
    bound: float | None
    """From which the week would have been unusual."""
    unusual: bool
    articles: int
    """That tell of the unit: the coverage."""
    all_articles: int
    """Published in the week, of whatever they tell."""
    failed: tuple[str, ...]
    """Sources that failed in it."""


class Reliability(Record):
    """What came of forecasts, by how probable they said it was."""

    unit_kind: UnitKind
    model: str | None
    """Null where the past is too short for a forecast."""
    horizon_weeks: int
    bins: tuple[Bin, ...]


def weeks_seen(
    of: Scene, name: SeriesName, unit: str, beside: tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]
) -> tuple[WeekSeen, ...]:
    """The weeks of a series up to the day, each from its eighth day before the next, the latest last.

    Args:
        of: the day, and all units.
        name: of the series.
        unit: one of them.
        beside: by day, the articles that tell of the unit, and the sources that failed.

    """
    went, row = of.walks[name], of.units.index(unit)
    last = went.counts.shape[1] - 1
    days = range(last, max(WEEK - 2, last - WEEK * MOST_WEEKS), -WEEK)
    return tuple(_week(of, (went, row), day, beside) for day in reversed(days))


def reliability_of(of: Scene) -> Reliability:
    """What came of past forecasts of all units of a kind, as far as that is known."""
    every, horizon = of.expectations, of.rule.question.horizon_weeks
    if every.chances is None:
        return Reliability(unit_kind=of.kind, model=None, horizon_weeks=horizon, bins=())
    until = max(0, every.panel.length - horizon)
    chances, positive = every.chances[:, :until], every.turned_out.positive[:, :until]
    said = ~np.isnan(chances)
    bins = reliability(positive[said] > 0, chances[said])
    return Reliability(unit_kind=of.kind, model=every.model, horizon_weeks=horizon, bins=bins)


def _week(
    of: Scene, where: tuple[Walk, int], day: int, beside: tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]
) -> WeekSeen:
    (went, row), (told, failed) = where, beside
    names = [date.fromordinal(went.first + one).isoformat() for one in range(day - WEEK + 1, day + 1)]
    mean, size = float(went.expected[row, day]), float(went.size[row, day])
    learnt = not np.isnan(mean)
    age = (went.counts.shape[1] - 1 - day) // WEEK
    return WeekSeen(
        first=names[0],
        last=names[-1],
        count=float(went.seven[row, day]),
        expected=mean if learnt else None,
        bound=_bound(mean, size, of.rule) if learnt else None,
        unusual=bool(went.unusual[row, day]),
        articles=sum(told.get(name, 0) for name in names),
        all_articles=of.seen.weeks[-1 - age] if age < len(of.seen.weeks) else 0,
        failed=tuple(sorted({source for name in names for source in failed.get(name, ())})),
    )


def _bound(mean: float, size: float, rule: WarningRule) -> float:
    return max(rule.unusual.least_acts, bound(mean, size, rule.unusual.chance))

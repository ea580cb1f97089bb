"""Is this week unusual? For each unit a chance, two verdicts, and what stands in the way of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from siaga.base.record import Record
from siaga.monitor.baseline import chance_of_more, usual
from siaga.monitor.panel import Flags, Floats
from siaga.monitor.steps import PER_YEAR

__all__ = [
    "LEARNING_WEEKS",
    "LEAST_EXPOSURE",
    "Judgement",
    "Series",
    "State",
    "alarm_level",
    "false_discoveries",
    "judge_week",
]

State = Literal["watched", "learning", "source_failure", "unmonitored"]
Verdict = Literal["usual", "more_events", "more_coverage"]

LEARNING_WEEKS = 26
"""Before a series says anything of what is usual."""
FAILED_SHARE = 0.25
"""Of the middle of the last eight weeks: where all coverage falls below it, sources failed, not the world."""
FAILURE_WEEKS = 8
LEAST_EXPOSURE = 0.5
"""Added to the exposure: no story is no proof that there was no coverage."""


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of one family for all units, by week."""

    units: tuple[str, ...]
    counts: Floats
    exposure: Floats | None = None
    """Stories about each unit, of all families; null where nothing is known of it."""
    sources: Floats | None = None
    """Independent sources of each unit's events; null where they are not known."""
    first: int = 0
    """Number of the first week (`steps.number_of`)."""
    failed: Flags | None = None
    """Weeks of each unit in which sources that feed it failed; null where nothing is known of that."""


class Judgement(Record):
    """What one week is for one unit."""

    unit: str
    count: float
    expected: float
    chance: float
    """Of so many events or more, if all is as usual."""
    chance_for_coverage: float | None
    """The same with as much coverage as there was; null where that is not known."""
    false_discovery: float
    """The share of alarms among all units, at this chance, that would be false (Benjamini & Hochberg 1995)."""
    alarm: bool
    verdict: Verdict
    state: State


def judge_week(series: Series, week: int, level: float, cut: Flags | None = None) -> tuple[Judgement, ...]:
    """What a week is for each unit.

    Args:
        series: nothing after the week is looked at.
        week: its place.
        level: the chance from which on a week is unusual, e.g. of `alarm_level`.
        cut: closed episodes, which are not what is usual.

    """
    counts = series.counts[:, week]
    expected = usual(series.counts, week, cut=cut)
    chance = chance_of_more(counts, expected)
    covered = _for_coverage(series, week, cut)
    discovered = false_discoveries(chance)
    return tuple(
        Judgement(
            unit=unit,
            count=float(counts[row]),
            expected=float(expected.mean[row]),
            chance=float(chance[row]),
            chance_for_coverage=None if covered is None else float(covered[row]),
            false_discovery=float(discovered[row]),
            alarm=bool(chance[row] <= level) and _state(series, row, week) == "watched",
            verdict=_verdict(chance[row], None if covered is None else covered[row], level),
            state=_state(series, row, week),
        )
        for row, unit in enumerate(series.units)
    )


def alarm_level(chances: Floats, per_unit_year: float) -> float:
    """The chance at or below which so many weeks of a unit-year lay; of weeks before those that are judged."""
    return float(np.nanquantile(chances, per_unit_year / PER_YEAR["week"]))


def false_discoveries(chances: Floats) -> Floats:
    """For each chance the least rate of false discoveries at which it counts as one (Benjamini & Hochberg 1995)."""
    order = np.argsort(chances)
    raised = chances[order] * len(chances) / np.arange(1, len(chances) + 1)
    result = np.empty_like(chances)
    result[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1)
    return result


def _for_coverage(series: Series, week: int, cut: Flags | None) -> Floats | None:
    if series.exposure is None:
        return None
    exposure = series.exposure + LEAST_EXPOSURE
    return chance_of_more(series.counts[:, week], usual(series.counts, week, exposure, cut))


def _verdict(chance: float, covered: float | None, level: float) -> Verdict:
    if chance > level:
        return "usual"
    return "more_events" if covered is None or covered <= level else "more_coverage"


def _state(series: Series, row: int, week: int) -> State:
    """What stands in the way of a verdict: too short a past, no source, or sources that fell silent."""
    if week < LEARNING_WEEKS:
        return "learning"
    if series.failed is not None and series.failed[row, week]:
        return "source_failure"
    if series.exposure is None:
        return "watched"
    if not series.exposure[row, :week].any():
        return "unmonitored"
    lately = series.exposure[:, max(0, week - FAILURE_WEEKS) : week].sum(axis=0)
    return "source_failure" if series.exposure[:, week].sum() < FAILED_SHARE * np.median(lately) else "watched"

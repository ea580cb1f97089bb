"""Is this week unusual? For each unit a chance, two verdicts, and what stands in the way of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from siaga.base.record import Record
from siaga.monitor.baseline import bound, chance_of_more, usual
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.steps import PER_YEAR
from siaga.monitor.tellings import Tellings, counted, heard, standing, uneven

__all__ = [
    "LEARNING_WEEKS",
    "LEAST_EXPOSURE",
    "Judgement",
    "Series",
    "State",
    "alarm_level",
    "chance_for_coverage",
    "false_discoveries",
    "judge_week",
    "left_out",
    "seen",
    "state_of",
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
    """Rows after those of the units are peers: units that only tell how unlike each other units of the kind are."""
    exposure: Floats | None = None
    """Stories about each unit, of all families; null where nothing is known of it."""
    sources: Floats | None = None
    """Independent sources of each unit's events; null where they are not known."""
    first: int = 0
    """Number of the first week (`steps.number_of`)."""
    failed: Flags | None = None
    """Weeks of each unit in which sources that feed it failed; null where nothing is known of that."""
    told: Tellings | None = None
    """What of the counts our own articles tell; null where they are imported."""
    left_out: Flags | None = None
    """Weeks of each unit that say nothing of what is usual now: see `seen`."""
    young: Flags | None = None
    """Units of which nearly all is told by sources that are too new to count; null where that is not asked."""

    @property
    def peers(self) -> Places:
        """Rows that tell how unlike each other units of the kind are: those after the units, else all."""
        rows = len(self.counts)
        return np.arange(len(self.units) if rows > len(self.units) else 0, rows)


class Judgement(Record):
    """What one week is for one unit."""

    unit: str
    count: float
    expected: float
    bound: float
    """The highest count that would not be unusual."""
    chance: float
    """Of so many events or more, if all is as usual."""
    chance_for_coverage: float | None
    """The same with as much coverage as there was; null where that is not known, or the week is not unusual."""
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
    now = seen(series, week)
    counts, out = now.counts[:, week], left_out(now, cut)
    expected = usual(now.counts, week, cut=out, peers=now.peers)
    chance, bounds = chance_of_more(counts, expected), bound(expected, level)
    covered = chance_for_coverage(now, week, out, chance <= level)
    discovered = false_discoveries(chance[: len(now.units)])
    return tuple(
        Judgement(
            unit=unit,
            count=float(counts[row]),
            expected=float(expected.mean[row]),
            bound=float(bounds[row]),
            chance=float(chance[row]),
            chance_for_coverage=None if np.isnan(covered[row]) else float(covered[row]),
            false_discovery=float(discovered[row]),
            alarm=bool(chance[row] <= level) and state_of(now, row, week) == "watched",
            verdict=_verdict(chance[row], covered[row], level),
            state=state_of(now, row, week),
        )
        for row, unit in enumerate(now.units)
    )


def seen(series: Series, week: int) -> Series:
    """The series as the sources tell it that are there in this week and were there half a year before.

    Weeks in which too much of them was not there are left out of what is usual.
    """
    told = series.told
    if told is None:
        return series
    rows, stands = len(series.counts), standing(told, week)
    every = np.ones_like(stands)
    ours = counted(told, rows, every, asked=True)
    exposure, imported = series.exposure, series.counts.sum(axis=1) > ours.sum(axis=1)
    if exposure is not None:
        exposure = exposure - counted(told, rows, every, asked=False) + counted(told, rows, stands, asked=False)
    return replace(
        series, counts=series.counts - ours + counted(told, rows, stands, asked=True), exposure=exposure,
        left_out=uneven(told, rows, week), young=~heard(told, rows, week) & ~imported,
    )  # fmt: skip


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


def chance_for_coverage(series: Series, week: int, cut: Flags | None, unusual: Flags) -> Floats:
    """The chance of so many events or more with as much coverage as there was, by the unit's own past.

    NaN for units that are not unusual, and for all where the coverage is not known.
    """
    found = np.full(len(series.counts), np.nan)
    if series.exposure is None:
        return found
    for row in np.flatnonzero(unusual):
        own, exposure = series.counts[[row]], series.exposure[[row]] + LEAST_EXPOSURE
        out = None if cut is None else cut[[row]]
        found[row] = chance_of_more(own[:, week], usual(own, week, exposure, out))[0]
    return found


def left_out(series: Series, cut: Flags | None) -> Flags | None:
    """Weeks that are not what is usual: closed episodes, and those in which sources were not there."""
    flags = [one for one in (cut, series.failed, series.left_out) if one is not None]
    return np.logical_or.reduce(flags) if flags else None


def _verdict(chance: float, covered: float, level: float) -> Verdict:
    if chance > level:
        return "usual"
    return "more_coverage" if covered > level else "more_events"


def state_of(series: Series, row: int, week: int) -> State:
    """What stands in the way of a verdict: too short a past, no source, or sources that fell silent."""
    if week < LEARNING_WEEKS:
        return "learning"
    if series.failed is not None and series.failed[row, week]:
        return "source_failure"
    if series.young is not None and series.young[row]:
        return "learning"
    if series.exposure is None:
        return "watched"
    if not series.exposure[row, : week + 1].any():
        return "unmonitored"
    lately = series.exposure[:, max(0, week - FAILURE_WEEKS) : week].sum(axis=0)
    return "source_failure" if series.exposure[:, week].sum() < FAILED_SHARE * np.median(lately) else "watched"

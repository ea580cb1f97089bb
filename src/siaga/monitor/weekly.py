"""One week of many series: what was counted, what was usual, and whether it belongs to an episode.

`weekly` is the way in: judge all units of a kind, walk through the past of the most unusual ones to number their
episodes, and rank them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from siaga.base.record import Record
from siaga.monitor.alarm import Judgement, Series, State, Verdict, judge_week
from siaga.monitor.episodes import Course, Episode, Rule, courses, episodes_of
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.steps import step_named
from siaga.monitor.tellings import Tellings
from siaga.monitor.tellings import chosen as chosen_tellings

__all__ = ["Weekly", "up_to", "weekly"]

Array = TypeVar("Array", Floats, Flags)

LOOKED_BACK = 26
"""Weeks of counts that are told with a week."""
CANDIDATES = 2
"""Times as many units as are asked for whose past is walked through: closed episodes change what is usual."""


class Weekly(Record):
    """What one week is for one unit, and what it belongs to."""

    unit: str
    week: str
    """Its Monday."""
    count: float
    """As sources tell it that were there in both windows."""
    expected: float
    bound: float
    """The highest count that would not be unusual."""
    ratio: float
    """Of the count to what was expected."""
    chance: float
    """Of so many or more, if all is as usual."""
    false_discovery: float
    """The share of alarms among all units, at this chance, that would be false."""
    alarm: bool
    verdict: Verdict
    state: State
    episode: Episode | None
    """The one that is open; `last` is this week only where this week is unusual itself."""
    lately: tuple[float, ...]
    """Counts of the last half year, this week last."""


def weekly(series: Series, week: int, rule: Rule, most: int | None = None) -> tuple[Weekly, ...]:
    """What a week is for the most unusual units, these first; nothing after it is looked at.

    Args:
        series: of all units of a kind, e.g. of `series.load_all`.
        week: its place.
        rule: what is unusual, and when an episode opens and closes.
        most: units; null is all.

    """
    known = up_to(series, week)
    first = judge_week(known, week, rule.level)
    order = sorted(range(len(first)), key=lambda row: (first[row].chance, -first[row].count, first[row].unit))
    rows = sorted(order if most is None else order[: CANDIDATES * most])
    chosen = _of_units(known, rows)
    went = courses(chosen, rule)
    again = judge_week(chosen, week, rule.level, _closed(went, chosen.counts.shape))
    found = [_told(chosen, place, went[place], again[place]) for place in range(len(rows))]
    rated = [one.replace(false_discovery=first[row].false_discovery) for one, row in zip(found, rows, strict=True)]
    return tuple(sorted(rated, key=lambda one: (not one.alarm, one.chance, -one.count, one.unit))[:most])


def up_to(series: Series, week: int) -> Series:
    """The series as it was when a week was over."""
    end, told = week + 1, series.told
    if told is not None:
        told = replace(chosen_tellings(told, told.week < end), alive=told.alive[:, :end])
    return replace(
        series, counts=series.counts[:, :end], exposure=_part(series.exposure, slice(None), end),
        sources=_part(series.sources, slice(None), end), failed=_part(series.failed, slice(None), end), told=told,
    )  # fmt: skip


def _of_units(series: Series, rows: Sequence[int]) -> Series:
    """The series of some units, in their order, with the peers of all."""
    kept, told = np.array([*rows, *series.peers], dtype=np.int64), series.told
    if told is not None:
        told = _renumbered(told, kept, len(series.counts))
    return replace(
        series, units=tuple(series.units[row] for row in rows), counts=series.counts[kept],
        exposure=_part(series.exposure, kept), sources=_part(series.sources, kept), failed=_part(series.failed, kept),
        told=told,
    )  # fmt: skip


def _part(array: Array | None, rows: Places | slice, end: int | None = None) -> Array | None:
    return None if array is None else array[rows][:, :end]


def _renumbered(told: Tellings, kept: Places, rows: int) -> Tellings:
    """What is told of the rows that are kept; `Series.peers` stand after all units, so that the order remains."""
    places = np.full(rows, -1)
    places[kept] = np.arange(len(kept))
    found = chosen_tellings(told, places[told.unit] >= 0)
    return replace(found, unit=places[found.unit])


def _closed(went: Sequence[Course], shape: tuple[int, ...]) -> Flags:
    """The weeks of closed episodes, units by weeks."""
    closed = np.zeros(shape, dtype=bool)
    for row, course in enumerate(went):
        for begin, end in course.spans[: len(course.spans) - course.open]:
            closed[row, begin : end + 1] = True
    return closed


def _told(series: Series, row: int, went: Course, judged: Judgement) -> Weekly:
    week = series.counts.shape[1] - 1
    unusual = bool(went.spans) and went.spans[-1][1] == week
    return Weekly(
        unit=judged.unit,
        week=step_named(series.first + week, "week"),
        count=judged.count,
        expected=judged.expected,
        bound=judged.bound,
        ratio=judged.count / judged.expected,
        chance=judged.chance,
        false_discovery=judged.false_discovery,
        alarm=judged.alarm and unusual,
        verdict=judged.verdict if unusual else "usual",
        state=judged.state,
        episode=episodes_of(series, row, went)[-1] if went.open else None,
        lately=tuple(map(float, went.counts[-LOOKED_BACK:])),
    )

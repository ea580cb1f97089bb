"""Episodes: stretches of unusual weeks, told apart, counted, and compared ("the second in 2021").

An episode opens with a week whose count is unusual, of enough events and, where sources are known, of two independent
ones; it is closed by four weeks that aren't. A closed episode is cut out of what is usual, so that it doesn't mask the
next: a plain baseline takes the first crisis for the measure of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from siaga.base.record import Record
from siaga.monitor.alarm import LEARNING_WEEKS, LEAST_EXPOSURE, Series
from siaga.monitor.baseline import chance_of_more, usual
from siaga.monitor.panel import Flags, Floats
from siaga.monitor.steps import step_named

__all__ = ["Course", "Episode", "Rule", "course", "episodes"]

COVERED = 0.01
"""The chance, given the coverage, above which coverage alone explains a week."""
YEAR = 52
"""Weeks of a rolling twelve months."""


class Rule(Record):
    """When an episode opens and closes."""

    level: float = 0.01
    """The chance at or below which a week is unusual."""
    least_events: float = 3.0
    least_sources: int = 2
    """Independent ones; asked of a week only where they are known."""
    quiet: int = 4
    """Weeks that close it."""


class Episode(Record):
    """A stretch of unusual weeks of one unit."""

    unit: str
    first: str
    last: str
    """Mondays of its first and its last unusual week."""
    open: bool
    """It may still go on."""
    events: float
    peak: float
    """Of one week."""
    expected: float
    """In its first week, if all had been as usual."""
    chance: float
    """The least of its weeks."""
    number_in_year: int
    """It is the so-many-th that began in its calendar year."""
    number_in_twelve_months: int
    """It is the so-many-th of those that began in the twelve months up to its beginning."""
    highest_since: str | None
    """The Monday of the last week before it that had as many events as its peak; null if there is none."""
    sources_known: bool
    more_coverage: bool
    """In none of its weeks there was more than the coverage of the unit explains; false where that is not known."""


def episodes(series: Series, row: int, rule: Rule) -> tuple[Episode, ...]:
    """The episodes of one unit, in order; the other units tell how unlike each other units are."""
    went = course(series, row, rule)
    names = [step_named(series.first + week, "week") for week in range(series.counts.shape[1])]
    return tuple(_told(series, row, went, (span, names)) for span in went.spans)


@dataclass(frozen=True, slots=True)
class Course:
    """How one unit's weeks went."""

    spans: tuple[tuple[int, int], ...]
    """First and last unusual week of each episode."""
    open: bool
    """The last may go on."""
    expected: Floats
    """NaN while it is learnt what is usual."""
    chances: Floats
    for_coverage: Floats
    """Chances with as much coverage as there was, of unusual weeks where that is known; else NaN."""


def course(series: Series, row: int, rule: Rule) -> Course:
    """How one unit's weeks went, each judged by what was known before it."""
    length = series.counts.shape[1]
    cut, chances = _not_usual(series), np.ones(length)
    expected, for_coverage = np.full(length, np.nan), np.full(length, np.nan)
    found: list[tuple[int, int]] = []
    now: tuple[int, int] | None = None
    for week in range(LEARNING_WEEKS, length):
        told = usual(series.counts, week, cut=cut)
        expected[week], chances[week] = told.mean[row], chance_of_more(series.counts[:, week], told)[row]
        if _unusual(series, row, week, (chances[week], rule)):
            now = (now[0] if now else week, week)
            for_coverage[week] = _for_coverage(series, row, week, cut)
        elif now and week - now[1] >= rule.quiet:
            cut[row, now[0] : now[1] + 1] = True
            found.append(now)
            now = None
    return Course((*found, *([now] if now else ())), now is not None, expected, chances, for_coverage)


def _not_usual(series: Series) -> Flags:
    """Weeks in which sources failed: too few events then say nothing of what is usual."""
    return np.zeros(series.counts.shape, dtype=bool) if series.failed is None else series.failed.copy()


def _for_coverage(series: Series, row: int, week: int, cut: Flags) -> float:
    if series.exposure is None:
        return float("nan")
    own, exposure = series.counts[[row]], series.exposure[[row]] + LEAST_EXPOSURE
    return float(chance_of_more(own[:, week], usual(own, week, exposure, cut[[row]]))[0])


def _told(series: Series, row: int, course: Course, named: tuple[tuple[int, int], Sequence[str]]) -> Episode:
    (begin, end), names = named
    weeks, own = slice(begin, end + 1), series.counts[row]
    peak = float(own[weeks].max())
    began = [other for other, _ in course.spans if other <= begin]
    return Episode(
        unit=series.units[row],
        first=names[begin],
        last=names[end],
        open=course.open and (begin, end) == course.spans[-1],
        events=float(own[weeks].sum()),
        peak=peak,
        expected=float(course.expected[begin]),
        chance=float(course.chances[weeks].min()),
        number_in_year=sum(names[other][:4] == names[begin][:4] for other in began),
        number_in_twelve_months=sum(begin - YEAR < other for other in began),
        highest_since=_last_as_high(own, begin, peak, names),
        sources_known=series.sources is not None,
        more_coverage=bool(
            (course.for_coverage[weeks] > COVERED).any() and not (course.for_coverage[weeks] <= COVERED).any()
        ),
    )


def _unusual(series: Series, row: int, week: int, judged: tuple[float, Rule]) -> bool:
    chance, rule = judged
    enough = series.sources is None or series.sources[row, week] >= rule.least_sources
    return bool(chance <= rule.level and series.counts[row, week] >= rule.least_events and enough)


def _last_as_high(counts: Floats, begin: int, peak: float, names: Sequence[str]) -> str | None:
    earlier = np.flatnonzero(counts[:begin] >= peak)
    return names[int(earlier[-1])] if len(earlier) else None

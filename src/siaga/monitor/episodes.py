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
from siaga.monitor.alarm import LEARNING_WEEKS, Series, chance_for_coverage, left_out, seen
from siaga.monitor.baseline import chance_of_more, usual
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.steps import step_named

__all__ = ["Course", "Episode", "Rule", "course", "courses", "episodes", "episodes_of"]

COVERED = 0.01
"""The chance, given the coverage, above which coverage alone explains a week."""
YEAR = 52
"""Weeks of a rolling twelve months."""
NONE = -1


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
    return episodes_of(series, row, course(series, row, rule))


def episodes_of(series: Series, row: int, went: Course) -> tuple[Episode, ...]:
    """The episodes of one unit whose course is known, in order."""
    names = [step_named(series.first + week, "week") for week in range(series.counts.shape[1])]
    return tuple(_told(series, row, went, (span, names)) for span in went.spans)


@dataclass(frozen=True, slots=True)
class Course:
    """How one unit's weeks went."""

    spans: tuple[tuple[int, int], ...]
    """First and last unusual week of each episode."""
    open: bool
    """The last may go on."""
    counts: Floats
    """As the sources told them that were there in both windows: what was judged."""
    expected: Floats
    """NaN while it is learnt what is usual."""
    chances: Floats
    for_coverage: Floats
    """Chances with as much coverage as there was, of unusual weeks where that is known; else NaN."""


def course(series: Series, row: int, rule: Rule) -> Course:
    """How one unit's weeks went, each judged by what was known before it."""
    return courses(series, rule)[row]


def courses(series: Series, rule: Rule) -> tuple[Course, ...]:
    """How the weeks of all units went, each judged by what was known before it."""
    walk = _begun(series)
    for week in range(LEARNING_WEEKS, series.counts.shape[1]):
        _judge(walk, seen(series, week), week, rule)
        _close(walk, week, rule)
    return tuple(_course(walk, row) for row in range(len(series.units)))


@dataclass(slots=True)
class _Walk:
    """Where we are on the way through the weeks; all but `begun` and `last` is units by weeks."""

    counts: Floats
    expected: Floats
    chances: Floats
    for_coverage: Floats
    cut: Flags
    """Closed episodes."""
    begun: Places
    """The first week of the episode that is open, for each unit; `NONE` where none is."""
    last: Places
    spans: list[list[tuple[int, int]]]


def _begun(series: Series) -> _Walk:
    shape, none = series.counts.shape, np.full(len(series.counts), NONE)
    return _Walk(
        counts=series.counts.copy(), expected=np.full(shape, np.nan), chances=np.ones(shape),
        for_coverage=np.full(shape, np.nan), cut=np.zeros(shape, dtype=bool), begun=none, last=none.copy(),
        spans=[[] for _ in series.units],
    )  # fmt: skip


def _judge(walk: _Walk, series: Series, week: int, rule: Rule) -> None:
    """Judge a week; what is unusual opens an episode or goes on with it. Of peers that is not asked."""
    out = left_out(series, walk.cut)
    told = usual(series.counts, week, cut=out, peers=series.peers)
    walk.counts[:, week], walk.expected[:, week] = series.counts[:, week], told.mean
    walk.chances[:, week] = chance_of_more(series.counts[:, week], told)
    unusual = _unusual(series, week, walk.chances[:, week], rule)
    unusual[len(walk.spans) :] = False
    walk.for_coverage[:, week] = chance_for_coverage(series, week, out, unusual)
    walk.begun = np.where(unusual & (walk.begun == NONE), week, walk.begun)
    walk.last = np.where(unusual, week, walk.last)


def _close(walk: _Walk, week: int, rule: Rule) -> None:
    """Close the episodes that were quiet for long enough: they are not what is usual."""
    for row in np.flatnonzero((walk.begun != NONE) & (week - walk.last >= rule.quiet)):
        begin, end = int(walk.begun[row]), int(walk.last[row])
        walk.cut[row, begin : end + 1] = True
        walk.spans[row].append((begin, end))
        walk.begun[row] = NONE


def _course(walk: _Walk, row: int) -> Course:
    goes_on = bool(walk.begun[row] != NONE)
    last = ((int(walk.begun[row]), int(walk.last[row])),) if goes_on else ()
    return Course(
        spans=(*walk.spans[row], *last), open=goes_on, counts=walk.counts[row], expected=walk.expected[row],
        chances=walk.chances[row], for_coverage=walk.for_coverage[row],
    )  # fmt: skip


def _unusual(series: Series, week: int, chances: Floats, rule: Rule) -> Flags:
    enough = True if series.sources is None else series.sources[:, week] >= rule.least_sources
    unusual: Flags = (chances <= rule.level) & (series.counts[:, week] >= rule.least_events) & enough
    return unusual


def _told(series: Series, row: int, course: Course, named: tuple[tuple[int, int], Sequence[str]]) -> Episode:
    (begin, end), names = named
    weeks, own = slice(begin, end + 1), course.counts
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


def _last_as_high(counts: Floats, begin: int, peak: float, names: Sequence[str]) -> str | None:
    earlier = np.flatnonzero(counts[:begin] >= peak)
    return names[int(earlier[-1])] if len(earlier) else None

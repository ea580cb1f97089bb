"""How unusual each day was, for all units at once, by what was known then: its seven days, and its four weeks.

Counts roll from day to day, so that a Monday morning does not begin with nothing; what is usual is learnt from whole
weeks, from Monday to Sunday, so that it does not change with the day that is asked about. Where a build-up is slow, no
single week is unusual and four together are; both are looked at. The first half-year, in which what is usual is learnt,
is judged in hindsight once another half-year has passed: a series that begins shortly before a crisis must not take the
crisis for what is usual, and the second one is told as the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from scipy.stats import nbinom

from siaga.base.warning import Episodes, Span
from siaga.monitor.alarm import LEARNING_WEEKS
from siaga.monitor.baseline import LEFT_OUT, Usual, chance_of_more, usual
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.rule import Unusual

__all__ = ["FOUR_WEEKS", "WEEK", "Walk", "bound", "episodes_of", "monday", "open_until", "still_unusual", "walk"]

WEEK, FOUR_WEEKS = 7, 28
"""Days that are looked at together."""
YEAR_DAYS = 365
BACK = LEARNING_WEEKS + LEFT_OUT
"""Weeks after an early one, when it is judged by them."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How the days of all units went, units by days; the first day is a Monday, the last the one asked about."""

    first: int
    """Number of the first day (`date.toordinal`)."""
    counts: Floats
    seven: Floats
    """Of the seven days up to each one."""
    month: Floats
    """Of the twenty-eight."""
    expected: Floats
    """Of seven days; NaN where the day could not be judged."""
    size: Floats
    """Of the negative binomial."""
    chance: Floats
    chance_month: Floats
    unusual: Flags
    by_week: Flags
    """The seven days alone are unusual; else the four weeks together are."""


def monday(day: date) -> int:
    """Number of the Monday of a day's week."""
    return day.toordinal() - day.weekday()


def walk(first: int, counts: Floats, rule: Unusual) -> Walk:
    """How the days went.

    Args:
        first: number of the first day, a Monday.
        counts: units by days.
        rule: when days are unusual.

    """
    went = _begun(first, counts)
    weeks = -(-counts.shape[1] // WEEK)
    by_week = _weekly(counts, weeks)
    cut = np.zeros(by_week.shape, dtype=bool)
    for week in range(weeks):
        if BACK <= week < BACK + LEARNING_WEEKS:
            early = week - BACK
            _judge(went, early, usual(by_week[:, early:week][:, ::-1], week - early - 1), rule)
        _cut_closed(went, week, cut, rule)
        if week >= LEARNING_WEEKS:
            _judge(went, week, usual(by_week, week, cut=cut), rule)
    return went


def bound(mean: float, size: float, chance: float) -> float:
    """The least number whose chance, or that of more, is not above a chance."""
    return float(nbinom.isf(chance, size, size / (size + mean))) + 1


def episodes_of(went: Walk, row: int, told: Places, rule: Unusual) -> Episodes:
    """The episodes of a unit, told apart by weeks that are not unusual.

    Args:
        went: how its days went.
        row: of the unit.
        told: numbers of the days on which its acts became known.
        rule: when days are unusual.

    """
    spans = _told_spans(went, row, told, rule)
    judged = np.flatnonzero(~np.isnan(went.expected[row]))
    return Episodes(
        spans=spans,
        open=open_until(went, row, rule) is not None,
        number_in_year=sum(one.first[:4] == spans[-1].first[:4] for one in spans) if spans else 0,
        number_in_twelve_months=sum(_within_a_year(one, spans[-1]) for one in spans) if spans else 0,
        since=date.fromordinal(went.first).isoformat(),
        judged_since=date.fromordinal(went.first + int(judged[0])).isoformat() if len(judged) else None,
    )


def open_until(went: Walk, row: int, rule: Unusual) -> int | None:
    """Number of the last unusual day, where an episode is open; else null."""
    found, length = np.flatnonzero(went.unusual[row]), went.counts.shape[1]
    if not len(found) or length - 1 - found[-1] >= WEEK * rule.quiet_weeks:
        return None
    return went.first + int(found[-1])


def still_unusual(went: Walk, row: int, rule: Unusual) -> int:
    """Number of the last day that is unusual if nothing more is told: four weeks keep what was told in them."""
    mean, size, length = went.expected[row, -1], went.size[row, -1], went.counts.shape[1]
    usual_month = Usual(np.array([FOUR_WEEKS / WEEK * mean]), np.array([size]))
    for ahead in range(FOUR_WEEKS - 1, 0, -1):
        month = went.counts[row, max(0, length - FOUR_WEEKS + ahead) :].sum()
        if month >= rule.least_acts and chance_of_more(np.array([month]), usual_month)[0] <= rule.chance:
            return went.first + int(length) - 1 + ahead
    return open_until(went, row, rule) or went.first


def _begun(first: int, counts: Floats) -> Walk:
    shape = counts.shape
    return Walk(
        first=first, counts=counts, seven=_rolling(counts, WEEK), month=_rolling(counts, FOUR_WEEKS),
        expected=np.full(shape, np.nan), size=np.full(shape, np.nan), chance=np.ones(shape),
        chance_month=np.ones(shape), unusual=np.zeros(shape, dtype=bool), by_week=np.zeros(shape, dtype=bool),
    )  # fmt: skip


def _rolling(counts: Floats, days: int) -> Floats:
    """Sums over so many days up to each one."""
    total = np.cumsum(counts, axis=1)
    rolled: Floats = total.copy()
    rolled[:, days:] -= total[:, :-days]
    return rolled


def _weekly(counts: Floats, weeks: int) -> Floats:
    padded = np.zeros((len(counts), weeks * WEEK))
    padded[:, : counts.shape[1]] = counts
    summed: Floats = padded.reshape(len(counts), weeks, WEEK).sum(axis=2)
    return summed


def _judge(went: Walk, week: int, told: Usual, rule: Unusual) -> None:
    """Enter what the days of a week are. Four weeks are four times what is usual in one, as unsure as one of them."""
    four_weeks = Usual(FOUR_WEEKS / WEEK * told.mean, told.size)
    for day in range(week * WEEK, min((week + 1) * WEEK, went.counts.shape[1])):
        went.expected[:, day], went.size[:, day] = told.mean, told.size
        went.chance[:, day] = chance_of_more(went.seven[:, day], told)
        went.chance_month[:, day] = chance_of_more(went.month[:, day], four_weeks)
        went.by_week[:, day] = (went.seven[:, day] >= rule.least_acts) & (went.chance[:, day] <= rule.chance)
        by_month = (went.month[:, day] >= rule.least_acts) & (went.chance_month[:, day] <= rule.chance)
        went.unusual[:, day] = went.by_week[:, day] | by_month


def _cut_closed(went: Walk, week: int, cut: Flags, rule: Unusual) -> None:
    """Cut episodes that are over out of what is usual, with all days that made the last of them unusual."""
    days = min(week * WEEK, went.counts.shape[1])
    unusual = went.unusual[:, :days]
    over = ~unusual[:, max(0, days - WEEK * rule.quiet_weeks) :].any(axis=1)
    for row in np.flatnonzero(over & unusual.any(axis=1)):
        for day in np.flatnonzero(unusual[row]):
            begin = max(0, int(day) - (WEEK if went.by_week[row, day] else FOUR_WEEKS) + 1)
            cut[row, begin // WEEK : int(day) // WEEK + 1] = True


def _spans(went: Walk, row: int, rule: Unusual) -> list[tuple[int, int]]:
    """First and last unusual day of each episode."""
    found = np.flatnonzero(went.unusual[row])
    if not len(found):
        return []
    quiet = WEEK * rule.quiet_weeks
    gaps = [place for place, (one, other) in enumerate(pairwise(found), 1) if other - one > quiet]
    return [(int(part[0]), int(part[-1])) for part in np.split(found, gaps)]


def _told_spans(went: Walk, row: int, told: Places, rule: Unusual) -> tuple[Span, ...]:
    found: list[Span] = []
    after = 0
    for days in _spans(went, row, rule):
        found.append(_span(went, row, (after, *days), told))
        after = days[1] + 1
    return tuple(found)


def _span(went: Walk, row: int, days: tuple[int, int, int], told: Places) -> Span:
    """The episode from its first act to its last: those of the seven days or the four weeks that were unusual first.

    Acts before them belong to it as far as each came within a week of the next, and after the episode before it.
    """
    after, begin, end = days
    first = max(after, begin - (WEEK if went.by_week[row, begin] else FOUR_WEEKS) + 1)
    while (before := went.counts[row, max(after, first - WEEK) : first]).any():
        first = first - len(before) + int(np.flatnonzero(before)[0])
    within = told[(told >= went.first + first) & (told <= went.first + end)]
    return Span(
        first=date.fromordinal(int(within.min())).isoformat(),
        last=date.fromordinal(int(within.max())).isoformat(),
        acts=int(went.counts[row, first : end + 1].sum()),
    )


def _within_a_year(one: Span, last: Span) -> bool:
    return (date.fromisoformat(last.first) - date.fromisoformat(one.first)).days < YEAR_DAYS

"""A feed that dies doesn't look like peace, and one that is added doesn't look like a surge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from siaga.monitor.alarm import Series, judge_week, seen
from siaga.monitor.episodes import Rule, courses
from siaga.monitor.panel import Flags
from siaga.monitor.tellings import Tellings, counted, uneven

UNITS, WEEKS, TOLD = 8, 160, 12
"""Units that are told of, weeks, and stories of each in a week."""
OLD, OTHER = 1, 2
"""Two feeds, each of which tells three stories of four: half of all are told by both."""


def told_by(alive: dict[int, range], burst: tuple[int, int] = (0, 0)) -> Series:
    """Stories that each feed tells in the weeks in which it is there; a burst is a week with so many more."""
    dice, rows = np.random.default_rng(11), []
    there = np.zeros((3, WEEKS), dtype=bool)
    there[0] = True
    for outlet, weeks in alive.items():
        there[outlet, weeks.start : weeks.stop] = True
    for unit in range(UNITS):
        for week in range(WEEKS):
            number = dice.poisson(TOLD) + (burst[1] if (unit, week) == (0, burst[0]) else 0)
            for story in range(number):
                heard = dice.permutation([OLD, OTHER])[: 1 + (story % 2)]
                rows += [(unit, 1000 * week + story, outlet, week) for outlet in heard if there[outlet, week]]
    return series_of(np.array(sorted(rows)), there)


def series_of(rows: np.ndarray[tuple[int, int], np.dtype[np.int64]], alive: Flags) -> Series:
    unit, story, outlet, week = rows.T
    told = Tellings(unit, story, outlet, outlet, week, np.ones(len(rows), dtype=bool), alive)
    every = counted(told, UNITS, np.ones(len(alive), dtype=bool), asked=True)
    return Series(tuple(f"U{unit}" for unit in range(UNITS)), every, told=told)


def unusual(series: Series, weeks: range) -> int:
    """Weeks that are unusual, of all units."""
    return sum(int((course.chances[weeks.start : weeks.stop] <= 0.01).sum()) for course in courses(series, Rule()))


DEAD = {OLD: range(100), OTHER: range(WEEKS)}
ADDED = {OLD: range(100, WEEKS), OTHER: range(WEEKS)}


def test_after_a_feed_died_what_is_usual_is_what_the_others_told_before() -> None:
    series = told_by(DEAD)
    plain = replace(series, told=None)
    week = 112
    after = series.counts[:, 100:].mean()
    allowed, blind = (np.mean([one.expected for one in judge_week(one, week, 0.01)]) for one in (series, plain))
    assert allowed == pytest.approx(after, rel=0.1)
    assert blind > 1.2 * after


def test_a_burst_that_a_dead_feed_would_hide_is_found() -> None:
    series = told_by(DEAD, burst=(112, 12))
    allowed, blind = (judge_week(one, 112, 0.01)[0].chance for one in (series, replace(series, told=None)))
    assert allowed < 0.01 < blind


def test_a_feed_that_is_added_is_no_surge_at_first_nor_when_it_counts() -> None:
    series = told_by(ADDED)
    weeks = range(100, WEEKS)
    assert unusual(series, weeks) <= 0.02 * UNITS * len(weeks)
    assert unusual(replace(series, told=None), weeks) > 2 * unusual(series, weeks) + 5


def test_a_new_feed_counts_after_half_a_year_and_weeks_before_it_no_longer_tell_what_is_usual() -> None:
    series = told_by(ADDED)
    assert series.told is not None
    young, grown = seen(series, 120).counts[:, 120], seen(series, 126).counts[:, 126]
    assert young.mean() < 0.85 * series.counts[:, 120].mean()
    assert grown.tolist() == series.counts[:, 126].tolist()
    assert not uneven(series.told, UNITS, 120)[:, :100].any()
    assert uneven(series.told, UNITS, 126)[:, :100].all()


def test_a_unit_that_only_a_new_feed_tells_of_is_still_being_learnt() -> None:
    series = told_by({OLD: range(100, WEEKS), OTHER: range(100, WEEKS)})
    states = [{one.state for one in judge_week(series, week, 0.01)} for week in (110, 130)]
    assert states == [{"learning"}, {"watched"}]


def test_a_story_is_told_in_the_week_in_which_a_source_that_counts_first_told_it() -> None:
    rows = np.array([(0, 7, OLD, 3), (0, 7, OTHER, 5), (0, 8, OTHER, 5)])
    alive = np.ones((3, WEEKS), dtype=bool)
    unit, story, outlet, week = rows.T
    told = Tellings(unit, story, outlet, outlet, week, np.array([True, True, False]), alive)
    both, other = np.array([True, True, True]), np.array([True, False, True])
    asked = ((both, True), (other, True), (both, False))
    weeks = [np.flatnonzero(counted(told, 1, heard, asked=family)[0]).tolist() for heard, family in asked]
    assert weeks == [[3], [5], [3, 5]]

"""Episodes are told apart by four quiet weeks, counted, and compared."""

from __future__ import annotations

from datetime import date

import numpy as np

from siaga.monitor.alarm import Series
from siaga.monitor.episodes import Episode, Rule, episodes
from siaga.monitor.steps import number_of

FIRST = number_of(date(2013, 1, 7), "week")
DICE = np.random.default_rng(5)


def found(bursts: dict[int, int], sources: float | None = None, rule: Rule | None = None) -> tuple[Episode, ...]:
    counts = DICE.poisson(1, (6, 120)).astype(float)
    counts[0] = 1
    for week, count in bursts.items():
        counts[0, week] = count
    told = None if sources is None else np.full(counts.shape, sources)
    series = Series(tuple("ABCDEF"), counts, sources=told, first=FIRST)
    return episodes(series, 0, rule or Rule())


def test_four_quiet_weeks_close_an_episode_and_three_do_not() -> None:
    assert len(found({40: 20, 44: 20})) == 1
    first, second = found({40: 20, 45: 20})
    assert (first.first, first.last) == ("2013-10-14", "2013-10-14")
    assert (second.number_in_year, second.number_in_twelve_months) == (2, 2)


def test_a_closed_episode_does_not_mask_the_next() -> None:
    first, second = found({40: 20, 41: 25, 42: 20, 60: 12})
    assert first.events == 65
    assert second.expected < 3


def test_ordinals_start_anew_in_january_but_not_in_twelve_months() -> None:
    *_, last = found({40: 20, 60: 20})
    assert last.first[:4] == "2014"
    assert (last.number_in_year, last.number_in_twelve_months) == (1, 2)


def test_a_peak_is_the_highest_since_the_last_that_was_as_high() -> None:
    first, second, third = found({40: 30, 50: 12, 60: 25})
    assert first.highest_since is None
    assert second.highest_since == first.last
    assert third.highest_since == first.last


def test_an_episode_at_the_end_may_still_go_on() -> None:
    assert [one.open for one in found({40: 20, 119: 20})] == [False, True]


def test_one_source_is_no_episode_where_sources_are_known() -> None:
    assert found({40: 20}, sources=1) == ()
    assert found({40: 20}, sources=2)[0].sources_known


def test_few_events_are_no_episode_however_unusual() -> None:
    assert found({40: 20}, rule=Rule(least_events=21)) == ()

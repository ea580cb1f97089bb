"""Stretches of unusual weeks, those of the first half year among them, as one can tell them afterwards."""

from __future__ import annotations

from datetime import date

import numpy as np

from siaga.monitor.alarm import Series
from siaga.monitor.episodes import Rule, episodes
from siaga.monitor.hindsight import stretches
from siaga.monitor.steps import number_of

DICE = np.random.default_rng(7)


def series(bursts: dict[int, int], length: int = 48, sources: int = 2) -> Series:
    counts = DICE.poisson(0.5, (6, length)).astype(float)
    counts[0] = 0
    for week, count in bursts.items():
        counts[0, week] = count
    first = number_of(date(2021, 1, 4), "week")
    return Series(tuple("ABCDEF"), counts, sources=np.full(counts.shape, float(sources)), first=first)


def spans(told: Series, last: int) -> list[tuple[int, int]]:
    return [(one.begin, one.end) for one in stretches(told, 0, Rule(), last)]


def test_a_crisis_of_the_first_weeks_is_found_from_what_followed_and_is_no_alarm() -> None:
    told = series({12: 6, 15: 5, 46: 6})
    assert [one.first for one in episodes(told, 0, Rule())] == ["2021-11-22"]
    assert spans(told, 46) == [(12, 15), (46, 46)]


def test_what_comes_later_changes_nothing() -> None:
    long, short = series({12: 6, 40: 5, 46: 6}), 42
    cut = Series(long.units, long.counts[:, : short + 1], sources=np.full((6, short + 1), 2.0), first=long.first)
    assert spans(long, short) == spans(cut, short) == [(12, 12), (40, 40)]


def test_too_little_is_known_of_the_first_weeks_until_half_a_year_has_followed() -> None:
    assert spans(series({12: 6}), 30) == []
    assert spans(series({12: 6}), 38) == [(12, 12)]


def test_a_stretch_over_the_end_of_the_first_half_year_is_one() -> None:
    assert spans(series({24: 6, 27: 6}, 60), 59) == [(24, 27)]


def test_one_source_is_no_stretch() -> None:
    assert spans(series({12: 6}, sources=1), 46) == []

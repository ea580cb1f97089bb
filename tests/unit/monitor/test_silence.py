"""A dead feed never looks like peace: days on which sources failed are found, and slow days are not."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from siaga.monitor.alarm import Series, judge_week
from siaga.monitor.episodes import Rule, course
from siaga.monitor.silence import SourceDay, failed_days, failing_now, filled

FIRST = date(2026, 1, 5)


def days(counts: list[int], unlooked: tuple[int, ...] = ()) -> tuple[SourceDay, ...]:
    return tuple(
        SourceDay(day=(FIRST + timedelta(days=n)).isoformat(), articles=count, looked=n not in unlooked)
        for n, count in enumerate(counts)
    )


def usual(a_day: float, length: int, seed: int = 7) -> list[int]:
    """A newsroom: fewer on weekends, and a third more or less from day to day."""
    dice = np.random.default_rng(seed)
    week = [1.1, 1.1, 1.1, 1.1, 1.0, 0.6, 0.6]
    return [int(dice.poisson(a_day * week[n % 7] * dice.gamma(9, 1 / 9))) for n in range(length)]


@pytest.mark.parametrize("a_day", [5, 30, 300])
def test_a_feed_that_falls_silent_is_noticed_within_days_and_its_days_marked(a_day: int) -> None:
    counts = usual(a_day, 60)
    counts[50:57] = [0] * 7
    found = failed_days(days(counts))
    marked = [int((date.fromisoformat(one.day) - FIRST).days) for one in found]
    assert set(marked) <= set(range(50, 57))
    assert marked[0] == (50 if a_day >= 30 else min(marked[0], 53))
    assert marked[-1] == 56
    assert {one.kind for one in found} == {"silent"}


def test_a_feed_that_shrinks_is_noticed() -> None:
    counts = usual(200, 70)
    counts[60:] = [count // 8 for count in counts[60:]]
    found = failed_days(days(counts))
    assert [one.kind for one in found][:1] == ["shrinking"]
    assert found[0].day <= (FIRST + timedelta(days=62)).isoformat()


def test_a_usual_half_year_of_ten_newsrooms_has_next_to_no_false_notice() -> None:
    false = sum(len(failed_days(days(usual(a_day, 182, seed)))) for seed, a_day in enumerate([5, 10, 20, 50, 400] * 2))
    assert false <= 10


def test_days_on_which_we_did_not_look_are_told_as_ours() -> None:
    counts = usual(50, 40)
    counts[35] = 0
    assert [one.kind for one in failed_days(days(counts, unlooked=(35,)))] == ["unwatched"]


def test_what_a_file_states_counts_before_anything_is_learnt_and_without_it_nothing_is_said() -> None:
    assert failed_days(days([0, 0, 0])) == ()
    assert [one.kind for one in failed_days(days([40, 0, 41]), expected=40.0)] == ["silent"]


def test_a_silence_of_a_night_is_none_and_one_of_a_day_is_where_much_is_usual() -> None:
    assert not failing_now(11.0, 400.0)
    assert failing_now(24.0, 100.0)
    assert not failing_now(24.0, 5.0)


def test_days_are_filled_without_a_gap() -> None:
    found = filled({"2026-01-06": 3}, frozenset({"2026-01-05"}), "2026-01-05", "2026-01-07")
    assert [(one.articles, one.looked) for one in found] == [(0, True), (3, False), (0, False)]


def test_a_week_in_which_sources_failed_is_not_judged_and_not_learnt_from() -> None:
    dice = np.random.default_rng(3)
    counts = dice.poisson(20, size=(3, 80)).astype(float)
    counts[0, 60:70] = 0
    failed = np.zeros((3, 80), dtype=bool)
    failed[0, 60:70] = True
    series = Series(units=("A", "B", "C"), counts=counts, exposure=np.ones((3, 80)), failed=failed)
    assert judge_week(series, 65, 0.01)[0].state == "source_failure"
    assert judge_week(series, 65, 0.01)[1].state == "watched"
    with_marks = course(series, 0, Rule()).expected[75]
    without = course(Series(units=series.units, counts=counts), 0, Rule()).expected[75]
    assert with_marks > without
    assert with_marks == pytest.approx(20, abs=4)

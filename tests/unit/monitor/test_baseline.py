"""What is usual follows the past, and neither one crisis nor more coverage becomes a wrong alarm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from siaga.monitor.alarm import Series, alarm_level, false_discoveries, judge_week
from siaga.monitor.baseline import Usual, chance_of_more, middle_chance, usual

DICE = np.random.default_rng(3)
STEADY = DICE.poisson(4, (8, 150)).astype(float)


def test_steady_counts_are_expected_as_they_were() -> None:
    assert np.allclose(usual(STEADY, 149).mean, STEADY[:, :145].mean(axis=1), rtol=0.3)


def test_nothing_from_the_week_on_is_looked_at() -> None:
    changed = STEADY.copy()
    changed[:, 120:] = 99
    assert np.allclose(usual(STEADY, 120).mean, usual(changed, 120).mean)


def test_the_last_four_weeks_do_not_teach_what_is_usual() -> None:
    changed = STEADY.copy()
    changed[:, 116:120] = 99
    assert np.allclose(usual(STEADY, 120).mean, usual(changed, 120).mean)


def test_a_past_outlier_counts_for_little_and_a_closed_episode_for_nothing() -> None:
    changed, cut = STEADY.copy(), np.zeros(STEADY.shape, dtype=bool)
    changed[0, 100:103] = 60
    cut[0, 100:103] = True
    plain, weighted, left_out = (
        usual(*asked).mean[0] for asked in ((STEADY, 120), (changed, 120), (changed, 120, None, cut))
    )
    weights = 0.5 ** (np.arange(115, -1, -1) / 39)
    assert weighted < np.average(changed[0, :116], weights=weights)
    assert left_out == pytest.approx(plain, rel=0.25)


def test_a_pair_that_never_made_news_can_alarm() -> None:
    counts = np.vstack([STEADY, np.zeros((1, 150))])
    counts[-1, -1] = 5
    assert chance_of_more(counts[:, -1], usual(counts, 149))[-1] < 0.01


def test_the_chance_is_that_of_the_distribution() -> None:
    expected = Usual(np.array([3.0, 3.0]), np.array([2.0, 2.0]))
    assert chance_of_more(np.array([0.0, 5.0]), expected) == pytest.approx([1.0, nbinom.sf(4, 2, 2 / 5)])
    assert middle_chance(np.array([5.0]), Usual(np.array([3.0]), np.array([2.0])))[0] == pytest.approx(
        (nbinom.sf(4, 2, 2 / 5) + nbinom.sf(5, 2, 2 / 5)) / 2
    )


def test_twice_the_coverage_alone_is_more_of_everything() -> None:
    counts = np.vstack([STEADY, STEADY[:1]])
    exposure = np.full(counts.shape, 40.0)
    counts[0, 149], exposure[0, 149] = 24, 240
    counts[8, 149] = 24
    first, *_, last = judge_week(Series(tuple("ABCDEFGHI"), counts, exposure), 149, 0.01)
    assert (first.verdict, last.verdict) == ("more_coverage", "more_events")
    assert last.alarm


@pytest.mark.parametrize(
    ("week", "exposure", "state"),
    [(10, 40.0, "learning"), (149, 0.0, "source_failure"), (149, 40.0, "watched")],
)
def test_what_stands_in_the_way_of_a_verdict_is_said(week: int, exposure: float, state: str) -> None:
    told = np.full(STEADY.shape, 40.0)
    told[:, week] = exposure
    judged = judge_week(Series(tuple("ABCDEFGH"), STEADY, told), week, 0.01)
    assert {one.state for one in judged} == {state}


def test_a_unit_without_any_coverage_is_unmonitored() -> None:
    told = np.full(STEADY.shape, 40.0)
    told[2] = 0
    assert judge_week(Series(tuple("ABCDEFGH"), STEADY, told), 149, 0.01)[2].state == "unmonitored"


@settings(max_examples=50)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discovery_rates_keep_the_order_and_never_fall_below_the_chance(chances: list[float]) -> None:
    given_, found = np.array(chances), false_discoveries(np.array(chances))
    assert (found >= given_ - 1e-12).all()
    assert (np.diff(found[np.argsort(given_)]) >= -1e-12).all()


def test_an_alarm_budget_is_a_share_of_past_weeks() -> None:
    chances = (np.arange(520) + 0.5) / 520
    assert (chances <= alarm_level(chances, 2)).sum() == pytest.approx(20, abs=1)

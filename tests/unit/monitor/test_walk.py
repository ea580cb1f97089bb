"""Days are judged by what was known then; a crisis at the beginning is told in hindsight, and not taken for usual."""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy.stats import nbinom

from siaga.monitor.panel import Floats
from siaga.monitor.rule import warning_rule
from siaga.monitor.walk import WEEK, bound, episodes_of, monday, open_until, still_unusual, walk

RULE = warning_rule().unusual
FIRST = date(2029, 1, 1).toordinal()
WEEKS = 70


def counts(*acts: tuple[int, int]) -> Floats:
    """Twenty quiet units, the first with so many acts on these days."""
    dice = np.random.default_rng(7)
    made = (dice.random((20, WEEKS * WEEK)) < 0.01).astype(float)
    made[0] = 0
    for day, number in acts:
        made[0, day] = number
    return made


def told(made: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return FIRST + np.flatnonzero(made[0])


def test_a_burst_is_unusual_and_the_days_around_it_are_not() -> None:
    went = walk(FIRST, counts((300, 4)), RULE)
    assert went.unusual[0, 300]
    assert went.by_week[0, 300]
    assert not went.unusual[0, :300].any()
    assert not went.unusual[0, 340:].any()


def test_a_slow_build_up_is_unusual_in_four_weeks_where_no_week_is() -> None:
    went = walk(FIRST, counts((300, 1), (308, 1), (315, 1), (323, 1), (326, 1)), RULE)
    assert went.unusual[0, 326]
    assert not went.by_week[0].any()


def test_a_day_is_judged_alike_whatever_follows() -> None:
    made = counts((60, 5), (300, 4), (400, 6))
    whole, until = walk(FIRST, made, RULE), walk(FIRST, made[:, :360], RULE)
    np.testing.assert_array_equal(whole.unusual[:, 182:360], until.unusual[:, 182:360])
    np.testing.assert_allclose(whole.chance[:, 182:360], until.chance[:, 182:360])


def test_the_second_crisis_of_a_year_is_told_as_the_second_though_the_first_lay_in_the_time_of_learning() -> None:
    made = counts((60, 4), (63, 3), (330, 4))
    found = episodes_of(walk(FIRST, made[:, :334], RULE), 0, told(made), RULE)
    assert [span.first for span in found.spans] == ["2029-03-02", "2029-11-27"]
    assert (found.number_in_year, found.number_in_twelve_months, found.open) == (2, 2, True)


def test_what_lies_too_early_to_be_judged_is_not_told() -> None:
    made = counts((60, 4), (63, 3), (200, 4))
    found = episodes_of(walk(FIRST, made[:, :202], RULE), 0, told(made), RULE)
    assert [span.first for span in found.spans] == ["2029-07-20"]
    assert found.judged_since == "2029-07-02"


def test_an_episode_is_over_after_four_weeks() -> None:
    made = counts((300, 4))
    days = [end for end in range(301, 350) if open_until(walk(FIRST, made[:, :end], RULE), 0, RULE)]
    assert days[-1] - 300 < 2 * 28
    assert days == list(range(301, days[-1] + 1))


def test_it_is_told_how_long_days_stay_unusual_if_nothing_more_is_told() -> None:
    made = counts((300, 1), (308, 1), (315, 1), (323, 1), (326, 1))
    foreseen = still_unusual(walk(FIRST, made[:, :327], RULE), 0, RULE)
    assert foreseen == FIRST + np.flatnonzero(walk(FIRST, made, RULE).unusual[0])[-1]


def test_the_bound_is_the_first_number_that_is_unusual() -> None:
    least = bound(1.5, 2.0, 0.01)
    share = 2.0 / 3.5
    assert nbinom.sf(least - 1, 2.0, share) <= 0.01 < nbinom.sf(least - 2, 2.0, share)


def test_weeks_begin_on_monday() -> None:
    assert date.fromordinal(monday(date(2030, 1, 6))).isoformat() == "2029-12-31"

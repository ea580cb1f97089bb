"""Chances are said only where they can be calibrated; past warnings are counted as they were made."""

from __future__ import annotations

import numpy as np

from siaga.base.warning import Act
from siaga.monitor.odds import ENOUGH, odds_of, outlooks
from siaga.monitor.panel import Panel
from siaga.monitor.rule import warning_rule
from siaga.monitor.track import alarm_record
from siaga.monitor.walk import WEEK

RULE = warning_rule()
TODAY, WEEKS = 740_000, 60


def panel(weeks: int, units: int = 30) -> Panel:
    """Units of which every third is violent, every now and then."""
    dice = np.random.default_rng(11)
    counts = (dice.random((units, weeks)) < 0.12) * (np.arange(units)[:, None] % 3 == 0)
    return Panel(tuple(f"U{unit:02d}" for unit in range(units)), 100_000, "week", counts.astype(float))


def test_too_short_a_past_gives_base_rate_and_persistence_and_no_probability() -> None:
    odds = odds_of(outlooks(panel(80), RULE.question), 0)
    assert (odds.probability, odds.low, odds.like_this) == (None, None, 0)
    assert (odds.weeks_known, odds.weeks_needed) == (80, 113)
    assert odds.base_cases == 30 * 72
    assert 0 < odds.base_true < odds.base_cases


def test_a_long_past_gives_a_probability_and_how_often_ones_like_it_came_true() -> None:
    every = outlooks(panel(160), RULE.question)
    violent, quiet = odds_of(every, 0), odds_of(every, 1)
    assert violent.probability is not None
    assert quiet.probability is not None
    assert violent.probability > 0.5 > quiet.probability
    assert violent.like_this >= ENOUGH
    assert violent.low is not None
    assert violent.high is not None
    assert violent.low < violent.came_true / violent.like_this < violent.high


def act(week: int, day: int = 0, *, force: bool) -> Act:
    when = TODAY - WEEK * (WEEKS - 1 - week) - day
    type_, status = ("ASSAULT", "happened") if force else ("MOBILIZE", "planned")
    return Act(actor="NOR", other="SWE", type=type_, status=status, told=when, day=when)  # type: ignore[arg-type]


def record(*acts: Act) -> tuple[int, ...]:
    found = alarm_record(acts, np.zeros(WEEKS * WEEK, dtype=bool), ("pair", TODAY), RULE)
    return found.alarms, found.pending, found.followed, found.onsets, found.onsets_warned


def test_a_warning_before_an_outbreak_is_followed_and_the_outbreak_was_warned_of() -> None:
    assert record(act(35, force=False), act(36, force=False), act(40, force=True)) == (1, 0, 1, 1, 1)


def test_a_warning_that_nothing_follows_is_an_alarm_for_nothing() -> None:
    assert record(act(35, force=False), act(36, force=False)) == (1, 0, 0, 0, 0)


def test_an_outbreak_without_a_warning_is_told_as_one() -> None:
    assert record(act(45, force=True)) == (0, 0, 0, 1, 0)


def test_a_warning_whose_horizon_is_not_over_is_too_young_to_be_counted() -> None:
    assert record(act(56, force=False), act(57, force=False)) == (0, 1, 0, 0, 0)


def test_force_within_eight_weeks_of_force_is_no_new_outbreak() -> None:
    assert record(act(32, force=True), act(40, force=True))[3] == 1
    assert record(act(32, force=True), act(41, force=True))[3] == 2

"""The stated rule: what warns, which level follows, and what would change it."""

from __future__ import annotations

from datetime import date

import pytest

from siaga.base.event import EventType, Status
from siaga.base.warning import LEVELS, Act, Level, Signals, UnitKind
from siaga.monitor.rule import SignalRow, changes, met, signal_of, signals_on, warning_rule
from siaga.serve.cli import warn

RULE = warning_rule()
TODAY = date(2030, 6, 1).toordinal()


def act(day: int, type_: EventType = "ASSAULT", status: Status = "happened", *, imported: bool = False) -> Act:
    when = TODAY + day
    return Act(actor="NOR", other="SWE", type=type_, status=status, told=when, day=when, imported=imported)


def level(acts: tuple[Act, ...], kind: UnitKind = "pair", *, episode: bool = False) -> Level:
    condition = met(signals_on(acts, TODAY, RULE, episode=episode), kind, RULE)
    return condition.level if condition else "normal"


def test_the_command_knows_the_levels() -> None:
    assert warn.LEVELS == LEVELS


def test_every_level_above_normal_has_a_condition_and_no_country_is_named() -> None:
    assert {one.level for one in RULE.condition} == set(LEVELS) - {"normal"}
    assert {kind for one in RULE.condition for kind in one.units} == {"pair", "country"}


@pytest.mark.parametrize("signal", RULE.signal, ids=str)
def test_a_lone_act_of_whatever_kind_raises_nothing(signal: SignalRow) -> None:
    for status in signal.statuses:
        assert level((act(0, signal.type, status),)) == "normal"
        assert level((act(0, signal.type, status),), "country") == "normal"


def test_levels_rise_with_what_is_told() -> None:
    assert level((act(-3, "MOBILIZE"), act(0, "ASSAULT", "possible"))) == "waspada"
    assert level((act(-9, "MOBILIZE"), act(-3, "MOBILIZE"), act(0, "ASSAULT", "possible"))) == "siaga"
    assert level((act(-9), act(-3))) == "siaga"
    assert level((act(-9), act(-3), act(0, "THREATEN")), episode=True) == "awas"


def test_within_a_country_only_an_episode_raises_a_level() -> None:
    many = tuple(act(-day) for day in range(9))
    assert level(many, "country") == "normal"
    assert level((), "country", episode=True) == "waspada"
    assert level(many, "country", episode=True) == "awas"


def test_what_is_weighed_denied_or_agreed_does_not_warn() -> None:
    assert signal_of("ASSAULT", "possible", RULE) == "feared"
    assert signal_of("ASSAULT", "denied", RULE) is None
    assert signal_of("ASSAULT", "considered", RULE) is None
    assert signal_of("AGREE", "happened", RULE) is None


def test_acts_count_for_thirty_days_and_only_once_they_are_known() -> None:
    assert signals_on((act(-30), act(-29), act(1)), TODAY, RULE, episode=False).acts == 1


def test_imported_events_count_only_while_an_episode_is_open() -> None:
    row = act(0, imported=True)
    assert [signals_on((row,), TODAY, RULE, episode=episode).force for episode in (False, True)] == [0, 1]


def test_what_would_raise_the_level_is_what_is_lacking() -> None:
    acts = (act(-3, "MOBILIZE"), act(0, "ASSAULT", "possible"))
    siaga, awas, fall = changes(acts, signals_on(acts, TODAY, RULE, episode=False), "pair", (TODAY, None), RULE)
    assert (siaga.level, siaga.lacking_acts, siaga.lacking_kinds, siaga.lacking_episode) == ("siaga", 1, 0, False)
    assert (awas.level, awas.lacking_force, awas.lacking_episode) == ("awas", 2, True)
    assert (fall.level, fall.day) == ("normal", "2030-06-28")


def test_an_open_episode_keeps_the_level_for_four_weeks() -> None:
    signals = Signals(episode=True, acts=0, kinds=(), force=0)
    *_, fall = changes((), signals, "pair", (TODAY, TODAY - 7), RULE)
    assert (fall.level, fall.day) == ("normal", "2030-06-22")

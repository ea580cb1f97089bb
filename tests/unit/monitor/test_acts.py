"""Each act counts once, in the week in which it became known."""

from __future__ import annotations

from siaga.base.event import EventType
from siaga.monitor.acts import acts_by_unit
from siaga.monitor.rule import warning_rule
from siaga.store.known import ImportedRow, Mention

RULE = warning_rule()


def mention(told: int, day: int | None = None, type_: EventType = "ASSAULT", *, sure: bool = True) -> Mention:
    return Mention(
        unit="NOR-SWE", actor="NOR", other="SWE", type=type_, status="happened", told=told,
        day=told if day is None else day, dated=day is not None, sure=sure,
    )  # fmt: skip


def days(*mentions: Mention) -> list[tuple[int, int]]:
    return [(act.told, act.day) for act in acts_by_unit(mentions, (), RULE).get("NOR-SWE", ())]


def test_another_mention_of_the_same_day_is_no_other_act() -> None:
    assert days(mention(100, 99), mention(100, 99), mention(120, 99)) == [(100, 99)]


def test_days_two_apart_may_be_of_one_act_and_three_are_of_two() -> None:
    assert days(mention(100, 99), mention(101, 101)) == [(100, 99)]
    assert days(mention(100, 99), mention(102, 102)) == [(100, 99), (102, 102)]


def test_a_mention_without_a_day_tells_an_act_of_the_thirty_days_before_again() -> None:
    assert days(mention(100, 99), mention(130)) == [(100, 99)]
    assert days(mention(100, 99), mention(131)) == [(100, 99), (131, 131)]


def test_what_is_told_again_does_not_reach_further_than_the_act() -> None:
    assert days(mention(100), mention(120), mention(131)) == [(100, 100), (131, 131)]


def test_another_kind_of_act_is_another_act() -> None:
    assert len(days(mention(100), mention(100, type_="MOBILIZE"))) == 2


def test_force_counts_only_where_the_reader_is_sure_of_it_and_posture_also_where_it_is_not() -> None:
    assert days(mention(100, sure=False)) == []
    assert days(mention(100, type_="MOBILIZE", sure=False)) == [(100, 100)]


def test_what_was_long_over_when_it_was_told_is_no_act() -> None:
    assert days(mention(100, 70), mention(100, 69)) == [(100, 70)]


def test_imported_events_count_as_often_as_they_are_counted() -> None:
    row = ImportedRow(unit="NOR-SWE", actor="NOR", other="SWE", type="ASSAULT", day=100, number=3)
    [own, imported] = acts_by_unit([mention(100)], [row], RULE)["NOR-SWE"]
    assert (own.number, own.imported, imported.number, imported.imported) == (1, False, 3, True)

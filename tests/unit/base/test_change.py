"""Two readings side by side: what is the same act, and what is told otherwise of it."""

from __future__ import annotations

from siaga.base.change import changes, likeness
from tests.unit.store.analysts import event, read

ATTACK, SHELLING = event("menyerang"), event("menembaki")


def test_what_reads_the_same_is_no_change() -> None:
    assert changes(read(ATTACK, SHELLING), read(SHELLING, ATTACK)) == ()


def test_an_event_of_one_id_that_is_told_otherwise_is_changed_field_by_field() -> None:
    [change] = changes(read(ATTACK), read(ATTACK.replace(status="planned", confidence=0.4)))
    assert (change.kind, change.fields, change.weighs) == ("changed", ("status", "confidence"), True)


def test_another_confidence_alone_is_a_change_without_weight() -> None:
    [change] = changes(read(ATTACK), read(ATTACK.replace(confidence=0.4)))
    assert not change.weighs


def test_an_act_under_another_id_is_one_that_changed() -> None:
    other = event("menyerang", "COERCE")
    [change] = changes(read(ATTACK, SHELLING), read(other, SHELLING))
    assert (change.before, change.after, change.fields) == (ATTACK, other, ("id", "type"))


def test_of_several_acts_those_are_paired_that_are_likest() -> None:
    old = read(ATTACK, SHELLING)
    new = read(event("menembaki", salt=1), event("menyerang", salt=1, actors=["BLR"]))
    pairs = {(one.before and one.before.trigger, one.after and one.after.trigger) for one in changes(old, new)}
    assert pairs == {("menyerang", "menyerang"), ("menembaki", "menembaki")}


def test_what_has_no_counterpart_is_new_or_gone_and_titles_come_last() -> None:
    old, new = read(ATTACK, titles=[event("mengancam")]), read(event("mengecam", "ACCUSE"))
    assert [(one.kind, one.part) for one in changes(old, new)] == [
        ("withdrawn", "body"), ("added", "body"), ("withdrawn", "title"),
    ]  # fmt: skip


def test_events_without_any_known_party_are_not_one_because_of_their_type() -> None:
    one, other = event("menyerang", actors=[], recipients=[]), event("menembaki", actors=[], recipients=[])
    assert likeness(one, other) == 0
    assert likeness(ATTACK, SHELLING) > 0
    assert likeness(ATTACK, event("mengecam")) == 0

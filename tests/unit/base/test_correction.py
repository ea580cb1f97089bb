"""What an analyst says holds for each reading, old or new; and only for what was meant."""

from __future__ import annotations

import pytest

from siaga.base.correction import Correction, corrected, drawn_up, standing, undoing
from siaga.base.document import Reading
from siaga.base.event import Corrected, Event, Forecast
from tests.unit.store.analysts import event, proposed, read, said, signed

ATTACK, SHELLING, THREAT = event("menyerang"), event("menembaki"), event("mengancam", "THREATEN")
READ = read(ATTACK, SHELLING, THREAT)
WRONG = drawn_up(proposed("wrong", [ATTACK]), READ, READ, signed())


def after(reading: Reading, *corrections: Correction) -> tuple[Event, ...]:
    return corrected(reading, corrections).reading.events


def drawn(kind: str, meant: list[Event], given: list[Event], reading: Reading = READ) -> Correction:
    return drawn_up(proposed(kind, meant, given), reading, READ, signed())  # type: ignore[arg-type]


def test_a_wrong_event_is_left_out_and_the_others_stay() -> None:
    assert after(READ, WRONG) == (SHELLING, THREAT)


@pytest.mark.parametrize(
    "again",
    [
        event("menyerang", salt=1),
        event("menyerang", "COERCE", salt=1),
        event("Rusia menyerang", salt=1),
        event("menyerang", "COERCE", salt=1, actors=["BLR"]),
    ],
    ids=["another id", "another type", "a longer trigger", "other parties"],
)
def test_a_wrong_event_stays_wrong_when_it_is_read_a_little_otherwise(again: Event) -> None:
    assert after(read(again, SHELLING, THREAT), WRONG) == (SHELLING, THREAT)


def test_an_event_that_the_analyst_saw_beside_a_wrong_one_stays_whatever_it_is_read_as_later() -> None:
    assert after(read(event("menembaki", "COERCE", salt=1)), WRONG) == (event("menembaki", "COERCE", salt=1),)
    assert after(read(event("menembaki", salt=1)), WRONG) == (event("menembaki", salt=1),)


def test_an_act_of_another_sentence_is_not_meant() -> None:
    other = event("mengecam", "ACCUSE")
    assert after(read(other), WRONG) == (other,)


def test_what_is_given_says_that_an_analyst_gave_it() -> None:
    edit = drawn("edit", [ATTACK], [ATTACK.replace(status="planned")])
    [changed, *_] = after(READ, edit)
    mark = Corrected(correction=edit.id, by="ani", moment=signed().moment)
    assert changed == ATTACK.replace(status="planned", corrected=mark, rule="analyst/edit", confidence=1.0)
    assert changed.id == ATTACK.id


def test_an_edit_takes_the_place_of_what_a_later_reader_reads_and_stays_where_it_reads_nothing() -> None:
    edit = drawn("edit", [ATTACK], [ATTACK.replace(status="planned")])
    assert said(after(read(event("menyerang", salt=2), THREAT), edit)) == said(
        (ATTACK.replace(status="planned"), THREAT)
    )
    assert said(after(read(THREAT), edit)) == said((ATTACK.replace(status="planned"), THREAT))


def test_an_added_event_stands_once_when_a_later_reader_finds_it_too() -> None:
    found = event("berunding", "CONSULT", recipients=["NATO"])
    add = drawn("add", [], [found.replace(id="given")])
    assert [one.id for one in after(READ, add)] == [ATTACK.id, SHELLING.id, THREAT.id, "given"]
    outcome = corrected(read(ATTACK, SHELLING, THREAT, found), [add])
    assert [one.id for one in outcome.reading.events] == [ATTACK.id, SHELLING.id, THREAT.id, "given"]
    assert outcome.unneeded == (add.id,)


def test_merged_and_split_events_take_the_place_of_those_that_were_read() -> None:
    merge = drawn("merge", [ATTACK, SHELLING], [ATTACK])
    parts = [
        THREAT.replace(id=f"part {code}", recipients=event("mengancam", recipients=[code]).recipients)
        for code in ("POL", "LTU")
    ]
    split = drawn("split", [THREAT], parts, corrected(READ, [merge]).reading)
    later = read(event("menyerang", salt=3), event("menembaki", salt=3), event("mengancam", "THREATEN", salt=3))
    for reading in (READ, later):
        assert [one.id for one in after(reading, merge, split)] == [ATTACK.id, "part LTU", "part POL"]


def test_an_undone_correction_holds_no_longer_and_can_be_brought_back() -> None:
    undo = undoing(WRONG, signed("2022-03-01T00:00:00Z"))
    again = undoing(undo, signed("2022-03-02T00:00:00Z"))
    assert after(READ, WRONG, undo) == READ.events
    assert after(READ, WRONG, undo, again) == (SHELLING, THREAT)
    assert standing([WRONG, undo, again]) == (WRONG,)


def test_a_correction_of_a_corrected_event_goes_on_from_there() -> None:
    first = drawn("edit", [ATTACK], [ATTACK.replace(status="planned")])
    [planned] = [one for one in after(READ, first) if one.trigger == "menyerang"]
    second = drawn("edit", [planned], [planned.replace(type="COERCE")], corrected(READ, [first]).reading)
    expected = said((ATTACK.replace(status="planned", type="COERCE"), SHELLING, THREAT))
    assert said(after(READ, first, second)) == expected
    assert said(after(read(event("menyerang", salt=4), SHELLING, THREAT), first, second)) == expected


def test_a_correction_that_the_reader_agrees_with_is_told_to_be_needed_no_longer() -> None:
    edit = drawn("edit", [ATTACK], [ATTACK.replace(status="planned")])
    assert corrected(READ, [WRONG]).unneeded == ()
    assert corrected(read(SHELLING, THREAT), [WRONG]).unneeded == (WRONG.id,)
    assert corrected(READ, [edit]).unneeded == ()
    assert corrected(read(event("menyerang", status="planned", salt=5)), [edit]).unneeded == (edit.id,)


def test_a_forecast_goes_with_its_event() -> None:
    attack, threat = ATTACK.replace(status="planned"), THREAT.replace(status="possible")
    reading = read(attack, threat).replace(forecasts=(foreseen(attack), foreseen(threat)))
    wrong = drawn_up(proposed("wrong", [attack]), reading, reading, signed())
    assert [one.event for one in corrected(reading, [wrong]).reading.forecasts] == [threat.id]
    later = threat.replace(status="planned", earliest="2022-05-01", latest=None)
    edit = drawn_up(proposed("edit", [threat], [later]), reading, reading, signed())
    [_, told] = corrected(reading, [edit]).reading.forecasts
    assert (told.status, told.window_earliest, told.window_latest) == ("planned", "2022-05-01", None)
    happened = drawn_up(proposed("edit", [threat], [threat.replace(status="happened")]), reading, reading, signed())
    assert [one.event for one in corrected(reading, [happened]).reading.forecasts] == [attack.id]


def foreseen(one: Event) -> Forecast:
    return Forecast(
        id=f"of {one.id}", event=one.id, speaker=None, code=None, medium=None, status=one.status, words="",
        window_earliest=one.earliest, window_latest=one.latest, condition=None, resolvable=True, reason=None,
        evidence=one.evidence,
    )  # fmt: skip

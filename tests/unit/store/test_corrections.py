"""Corrections in the store: applied at once, kept for good, and counted as they stand."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from bench.invented import reading as invented
from siaga.base.correction import Signature
from siaga.store.corrections import (
    all_corrections,
    correct,
    corrections_about,
    load_correction,
    load_corrections,
    load_read,
    load_withdrawn,
    undo,
)  # fmt: skip
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_event
from siaga.store.segments import rebuild, seal
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace
from tests.unit.store.analysts import (
    NEW,
    corrects,
    counted,
    event,
    numbers,
    proposed,
    read,
    rereads,
    rows,
    said,
    signed,
    stands,
)  # fmt: skip
from tests.unit.store.shelves import MOMENT, counts, put, workspace

pytestmark = pytest.mark.usefixtures("store")

ATTACK, SHELLING, THREAT = event("menyerang"), event("menembaki"), event("mengancam", "THREATEN")
READ = read(ATTACK, SHELLING, THREAT)


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    put(made, [READ])
    return made


def sealed(where: Workspace) -> None:
    with writing_to(where) as connection:
        seal(where, connection, MOMENT)


def test_a_wrong_event_is_withdrawn_and_the_others_keep_their_numbers(where: Workspace) -> None:
    before = numbers(where)
    corrects(where, proposed("wrong", [ATTACK]))
    assert stands(where).events == (SHELLING, THREAT)
    assert numbers(where) == {id_: seq for id_, seq in before.items() if id_ != ATTACK.id}
    with reading_from(where) as connection:
        gone = load_withdrawn(connection, ATTACK.id)
        assert load_event(connection, ATTACK.id) is None
    assert gone is not None
    assert (gone.event, gone.part, gone.article, gone.moment) == (ATTACK, "body", "a", MOMENT)


def test_an_edited_event_gets_a_new_number_under_its_id(where: Workspace) -> None:
    before = numbers(where)
    corrects(where, proposed("edit", [ATTACK], [ATTACK.replace(status="planned")]))
    assert numbers(where)[ATTACK.id] > max(before.values())
    assert said(stands(where).events) == said([ATTACK.replace(status="planned"), SHELLING, THREAT])
    assert counts(where)["event_party"] == 6


@pytest.mark.parametrize("seals", [False, True], ids=["unsealed", "sealed"])
def test_what_is_counted_is_what_stands(where: Workspace, seals: bool) -> None:  # noqa: FBT001 - a case
    if seals:
        sealed(where)
    corrects(where, proposed("wrong", [ATTACK]))
    assert counted(where) == 2
    corrects(where, proposed("edit", [SHELLING], [SHELLING.replace(status="planned")]))
    assert counted(where) == 2
    corrects(where, proposed("split", [THREAT], [THREAT.replace(id="one"), THREAT.replace(id="two")]))
    assert counted(where) == 3
    sealed(where)
    assert counted(where) == 3


def test_segments_that_are_made_again_leave_out_what_no_longer_stands(where: Workspace) -> None:
    sealed(where)
    corrects(where, proposed("wrong", [ATTACK]))
    with writing_to(where) as connection:
        assert rows(connection, "withdrawn WHERE sealed = 1") == 1
        [segment] = rebuild(where, connection, MOMENT)
        assert segment.events == 2
        assert rows(connection, "withdrawn WHERE sealed = 1") == 0
    assert counted(where) == 2


def test_an_undone_correction_gives_the_event_back(where: Workspace) -> None:
    sealed(where)
    wrong = corrects(where, proposed("wrong", [ATTACK]))
    with writing_to(where) as connection:
        undoing, [change] = undo(connection, wrong, signed("2022-03-01T00:00:00Z"))
    assert (change.kind, change.after) == ("added", ATTACK)
    assert stands(where) == READ
    assert counted(where) == 3
    with writing_to(where) as connection:
        undo(connection, undoing, signed("2022-03-02T00:00:00Z"))
        [(_, [kept])] = all_corrections(connection)
    assert kept.state == "stands"
    assert stands(where).events == (SHELLING, THREAT)


def test_a_correction_comes_back_as_it_was_made_and_is_never_changed(where: Workspace) -> None:
    made = corrects(where, proposed("wrong", [ATTACK]), Signature(analyst="ani", moment=MOMENT, note="kiasan"))
    with writing_to(where) as connection:
        assert load_correction(connection, made.id) == made
        assert load_corrections(connection, "a") == (made,)
        assert load_correction(connection, "unknown") is None
        for change in ("UPDATE correction SET analyst = 'budi'", "DELETE FROM correction"):
            with pytest.raises(apsw.ConstraintError, match="only added to"):
                connection.execute(change)
    assert (made.analyst, made.moment, made.note, made.beside) == ("ani", MOMENT, "kiasan", (SHELLING, THREAT))


def test_what_was_undone_can_be_said_again_at_the_same_moment(where: Workspace) -> None:
    first = corrects(where, proposed("wrong", [ATTACK]))
    with writing_to(where) as connection:
        undo(connection, first, signed())
    second = corrects(where, proposed("wrong", [ATTACK]))
    assert first == second.replace(id=first.id)
    assert first.id != second.id
    assert stands(where).events == (SHELLING, THREAT)
    with reading_from(where) as connection:
        [(_, kept)] = all_corrections(connection)
    assert [one.state for one in kept] == ["undone", "stands"]


def test_what_the_reader_said_stays_beside_what_the_analyst_says(where: Workspace) -> None:
    corrects(where, proposed("edit", [ATTACK], [ATTACK.replace(type="COERCE")]))
    with reading_from(where) as connection:
        assert load_read(connection, "a") == READ
        [about] = corrections_about(connection, "a", ATTACK.id)
        assert corrections_about(connection, "a", SHELLING.id) == ()
    assert (about.correction.meant, about.state) == ((ATTACK,), "stands")


def test_an_article_that_is_not_stored_is_not_corrected(where: Workspace) -> None:
    with writing_to(where) as connection:
        assert correct(connection, "b", proposed("wrong", [ATTACK]), signed()) is None
        assert load_read(connection, "b") is None
        assert load_withdrawn(connection, "unknown") is None


def test_the_state_of_a_correction_tells_whether_the_reader_agrees_by_now(where: Workspace) -> None:
    corrects(where, proposed("wrong", [ATTACK]))
    [reread] = rereads(where, read(SHELLING, THREAT, reader=NEW))
    assert (reread.corrections, len(reread.unneeded), reread.same, reread.changes) == (1, 1, 2, ())
    with reading_from(where) as connection:
        [(_, [kept])] = all_corrections(connection)
    assert kept.state == "unneeded"


def test_a_store_of_before_corrections_is_brought_up_to_date_with_all_that_is_in_it(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    old = apsw.Connection(str(made.database))
    old.execute(migrations()[0])
    old.execute("INSERT INTO migration VALUES (1, '0.1.0', '2022-01-01'); PRAGMA application_id = 0x53494147")
    old.execute("PRAGMA user_version = 1")
    old.close()
    put(made, [invented(0), READ])
    corrects(made, proposed("wrong", [ATTACK]))
    assert stands(made).events == (SHELLING, THREAT)
    assert stands(made, invented(0).article.id) == invented(0)


def test_a_store_in_which_nothing_stands_any_more_is_counted_and_sealed(where: Workspace) -> None:
    sealed(where)
    for event_ in READ.events:
        corrects(where, proposed("wrong", [event_]))
    assert counted(where) == 0
    sealed(where)
    with writing_to(where) as connection:
        assert rebuild(where, connection, MOMENT) == ()
    assert counted(where) == 0

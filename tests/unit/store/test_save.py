"""Saving: exact, whole or not at all, and twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.article import Reject
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_event, load_events, load_reading
from siaga.store.save import Saved, save
from tests.unit.store.shelves import MOMENT, counts, filled, put, workspace

pytestmark = pytest.mark.usefixtures("store")

REJECT = Reject(stage="collect", id="page.html", reason="no_text", message="no letters")


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    where = filled(tmp_path)
    with reading_from(where) as connection:
        assert [load_reading(connection, reading(number).article.id) for number in range(20)] == [
            *map(reading, range(20))
        ]
        assert load_reading(connection, "unknown") is None


def test_saving_twice_changes_nothing(tmp_path: Path) -> None:
    where = filled(tmp_path)
    before = counts(where)
    assert put(where, map(reading, range(20))) == Saved(known=20)
    assert counts(where) == before
    assert (before["article"], before["event"], before["quote"], before["forecast"]) == (20, 240, 20, 20)


def test_another_readers_reading_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    where, other = filled(tmp_path, 1), reading(0, events=3)
    other = other.replace(article=reading(0).article.replace(reader="siaga 0.2.0 id-2"))
    assert put(where, [other]) == Saved(kept=1)
    with reading_from(where) as connection:
        assert load_reading(connection, other.article.id) == reading(0)


def test_another_text_under_a_stored_id_is_rejected_not_lost(tmp_path: Path) -> None:
    where = filled(tmp_path, 1)
    other = reading(1)
    other = other.replace(article=other.article.replace(id=reading(0).article.id))
    [refused] = put(where, [other]).refused
    assert put(where, [other]) == Saved(rejects=1, refused=(refused,))
    assert (refused.id, refused.reason) == (reading(0).article.id, "id_taken")
    assert counts(where)["reject"] == 1


def test_a_reading_whose_event_ids_are_taken_is_rejected_whole_and_the_rest_is_saved(tmp_path: Path) -> None:
    where, taken = filled(tmp_path, 1), reading(1).replace(events=reading(0).events)
    saved = put(where, [reading(2), taken, reading(3)])
    assert saved == Saved(articles=2, events=24, rejects=1, refused=saved.refused)
    assert [refused.id for refused in saved.refused] == [taken.article.id]
    assert counts(where)["article"] == 3
    with reading_from(where) as connection:
        assert load_reading(connection, taken.article.id) is None


def test_rejects_are_kept_once(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    with writing_to(where) as connection:
        save(connection, [REJECT, REJECT], MOMENT)
        save(connection, [REJECT], "2023-01-01T00:00:00Z")
        assert connection.execute("SELECT * FROM reject").fetchall() == [
            ("collect", "page.html", "no_text", "no letters", MOMENT)
        ]


def test_events_of_the_title_are_kept_apart(tmp_path: Path) -> None:
    where, plain = workspace(tmp_path), reading(0)
    titled = plain.replace(events=plain.events[1:], title_events=plain.events[:1])
    put(where, [titled])
    with reading_from(where) as connection:
        assert load_reading(connection, titled.article.id) == titled
        event = load_event(connection, titled.title_events[0].id)
    assert event is not None
    assert (event.part, event.event, event.article.id) == ("title", titled.title_events[0], titled.article.id)


def test_events_come_in_the_order_asked_for(tmp_path: Path) -> None:
    with reading_from(filled(tmp_path, 2)) as connection:
        ids = [one.event.id for one in load_events(connection, [3, 1, 999, 2])]
        assert load_event(connection, "unknown") is None
    assert ids == [reading(0).events[number].id for number in (2, 0, 1)]


def test_parties_can_be_asked_for_by_code(tmp_path: Path) -> None:
    with reading_from(filled(tmp_path)) as connection:
        [(stored,)] = connection.execute("SELECT count(*) FROM event_party WHERE code = 'RUS' AND side = 'actor'")
    said = sum(
        party.code == "RUS" for number in range(20) for event in reading(number).events for party in event.actors
    )
    assert stored == said > 0

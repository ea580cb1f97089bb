"""Readings of a window, what was rejected, and days of publication as a condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.article import Reject
from siaga.base.window import Window
from siaga.store.analysis import Selection, analysing, list_events
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_events
from siaga.store.published import load_published, narrowed, newest_day
from siaga.store.rejects import list_rejects
from siaga.store.save import save
from tests.unit.store.shelves import filled, workspace

pytestmark = pytest.mark.usefixtures("store")

ALL = Window(since="0001-01-01", until="9999-12-31")


def test_the_articles_of_a_window_come_back_whole_and_by_day(tmp_path: Path) -> None:
    made = [reading(number) for number in range(20)]
    with reading_from(filled(tmp_path)) as connection:
        found = list(load_published(connection, ALL))
        days = [one.article.published or "" for one in found]
        assert days == sorted(days)
        assert {one.article.id: one for one in found} == {one.article.id: one for one in made}
        middle = Window(since=days[5], until=days[9])
        assert list(load_published(connection, middle)) == [one for one in found if middle.holds(one.article.published)]
        newest = newest_day(connection)
        assert newest is not None
        assert newest.isoformat() == days[-1]


def test_an_empty_store_has_no_newest_day(tmp_path: Path) -> None:
    with reading_from(filled(tmp_path, articles=0)) as connection:
        assert newest_day(connection) is None
        assert list(load_published(connection, ALL)) == []


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(actors=("RUS", "UKR")),
        Selection(recipients=("USA",), types=("ASSAULT", "CONSULT", "AID")),
        Selection(statuses=("planned",), languages=("id",)),
        Selection(countries=("RUS", "IDN", "LVA")),
        Selection(sources=("Outlet 3", "Outlet 4"), actors=("NATO",)),
    ],
)
def test_events_are_chosen_as_the_list_of_events_chooses_them(tmp_path: Path, chosen: Selection) -> None:
    where = filled(tmp_path, articles=40)
    with reading_from(where) as connection:
        found = {event.id for one in load_published(connection, ALL, chosen) for event in one.events}
        with analysing(where, connection) as engine:
            listed = {one.event.id for one in load_events(connection, list_events(engine, chosen))}
    assert found == listed
    assert found


def test_forecasts_and_quotes_go_with_the_events_they_belong_to() -> None:
    whole = next(one for one in map(reading, range(50)) if one.forecasts and one.events[0].evidence.start == 0)
    kept = narrowed(whole, Selection(types=(whole.events[0].type,)))
    assert kept.forecasts == whole.forecasts
    other = next(event.type for event in whole.events if event.type != whole.events[0].type)
    assert narrowed(whole, Selection(types=(other,))).forecasts == ()
    assert narrowed(whole, Selection(languages=("id",))) == whole


def test_events_are_listed_by_the_day_on_which_they_were_published(tmp_path: Path) -> None:
    where = filled(tmp_path, articles=40)
    with reading_from(where) as connection, analysing(where, connection) as engine:
        everything = list(load_events(connection, list_events(engine, Selection())))
        days = sorted({one.article.published or "" for one in everything})
        window = Window(since=days[5], until=days[20])
        chosen = Selection(published_since=window.since, published_until=window.until)
        found = {one.event.id for one in load_events(connection, list_events(engine, chosen))}
    assert found == {one.event.id for one in everything if window.holds(one.article.published)}
    assert 0 < len(found) < len(everything)


def test_what_could_not_be_used_comes_back_newest_first(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    with writing_to(where) as connection:
        for hour, (stage, reason) in enumerate((("load", "empty"), ("load", "binary"), ("read", "empty"))):
            reject = Reject(stage=stage, id=f"page{hour}", reason=reason, message="why")
            save(connection, [reject, reject], f"2022-02-24T0{hour}:00:00Z")
    with reading_from(where) as connection:
        assert [one.id for one in list_rejects(connection)] == ["page2", "page1", "page0"]
        assert [one.id for one in list_rejects(connection, most=1)] == ["page2"]
        assert [one.id for one in list_rejects(connection, "load")] == ["page1", "page0"]
        assert [one.id for one in list_rejects(connection, "load", "empty")] == ["page0"]
        assert list(list_rejects(connection, reason="nonesuch")) == []

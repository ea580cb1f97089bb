"""Where acts take place, by what was known on a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.big_store import copied
from bench.invented import reading
from siaga.base.document import Reading
from siaga.base.event import Place
from siaga.base.window import Window
from siaga.store.database import writing_to
from siaga.store.sql import query
from siaga.store.where import Asked, Where
from tests.unit.store.shelves import put, workspace

pytestmark = pytest.mark.usefixtures("store")

KYIV = Place(name="Kyiv", country="UKR", latitude=50.45, longitude=30.52, precision="city")
UKRAINE = Place(name="Ukraina", country="UKR", latitude=49.0, longitude=31.4, precision="country")
CONFIDENCE = (0.25, 0.5)
ASKED = Asked(as_of="2022-03-01", window=Window(since="2022-02-01", until="2022-03-01"))


def told(number: int, day: str, **changes: object) -> Reading:
    """An article of this day that tells one act in Kyiv on it."""
    one = reading(number, events=1)
    act = one.events[0].replace(
        status="happened", speaker=None, place=KYIV, earliest=day, latest=day, confidence=0.9, type="ASSAULT"
    )
    return one.replace(article=one.article.replace(published=day), events=(act.replace(**changes),), forecasts=())


def stored(folder: Path, *readings: Reading) -> Where:
    where = workspace(folder)
    put(where, readings)
    return Where(where, CONFIDENCE)


def test_places_stand_apart_by_how_their_acts_stand(tmp_path: Path) -> None:
    where = stored(
        tmp_path, told(1, "2022-02-10"), told(2, "2022-02-11"), told(3, "2022-02-12", status="planned"),
        told(4, "2022-02-13", status="denied"), told(5, "2022-02-14", speaker="Somebody"),
    )  # fmt: skip
    found = {one.standing: (one.events, one.place) for one in where.places(ASKED, 9)}
    assert found == {"happened": (2, "Kyiv"), "ahead": (1, "Kyiv"), "alleged": (2, "Kyiv")}


def test_a_country_is_another_place_than_its_capital(tmp_path: Path) -> None:
    where = stored(tmp_path, told(1, "2022-02-10"), told(2, "2022-02-10", place=UKRAINE))
    assert {one.precision for one in where.places(ASKED, 9)} == {"city", "country"}
    [country] = where.countries(ASKED)
    assert (country.country, country.events, country.articles) == ("UKR", 2, 2)


def test_what_was_published_later_was_not_known(tmp_path: Path) -> None:
    late = told(2, "2022-02-20")
    where = stored(tmp_path, told(1, "2022-02-10"), late)
    before = ASKED.replace(as_of="2022-02-19")
    assert [one.events for one in where.countries(before)] == [1]
    assert [one.events for one in where.countries(ASKED)] == [2]


def test_a_copy_is_left_out_and_its_original_is_not(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    original, copy = told(1, "2022-02-10"), told(2, "2022-02-11")
    put(place, [original, copy])
    pair = copied(original.article.id, copy.article.id)
    values = {
        "a": pair.a, "b": pair.b, "relation": "near", "probability": 0.9, "record": pair.to_json().decode(),
    }  # fmt: skip
    with writing_to(place) as connection:
        connection.execute(query("add_pair"), values)
    assert [one.events for one in Where(place, CONFIDENCE).countries(ASKED)] == [1]


@pytest.mark.parametrize(
    ("change", "events"),
    [
        ({"type": "ASSAULT"}, 1),
        ({"type": "AID"}, 0),
        ({"window": Window(since="2022-02-11", until="2022-03-01")}, 0),
    ],
)
def test_kind_and_days_are_conditions(tmp_path: Path, change: dict[str, object], events: int) -> None:
    where = stored(tmp_path, told(1, "2022-02-10"))
    assert sum(one.events for one in where.countries(ASKED.replace(**change))) == events


def test_an_act_of_which_the_reader_is_not_sure_does_not_count(tmp_path: Path) -> None:
    assert stored(tmp_path, told(1, "2022-02-10", confidence=0.2)).countries(ASKED) == ()


def test_only_one_country_is_asked_for(tmp_path: Path) -> None:
    elsewhere = Place(name="Riga", country="LVA", latitude=56.95, longitude=24.11, precision="city")
    where = stored(tmp_path, told(1, "2022-02-10"), told(2, "2022-02-10", place=elsewhere))
    assert [one.place for one in where.places(ASKED.replace(country="LVA"), 9)] == ["Riga"]


def test_nothing_stored_is_nowhere(tmp_path: Path) -> None:
    where = stored(tmp_path)
    assert where.countries(ASKED) == ()
    assert where.places(ASKED, 9) == ()

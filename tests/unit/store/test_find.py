"""Articles by words and conditions, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bench.invented import reading
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.find import Finding, find, shown
from tests.unit.store.shelves import put, workspace

pytestmark = pytest.mark.usefixtures("store")

COUNT = 60


@pytest.fixture(scope="module")
def connection(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:  # noqa: ARG001 - made on this store
    where = workspace(tmp_path_factory.mktemp("store"))
    put(where, [reading(number, events=3) for number in range(COUNT)])
    with reading_from(where) as opened:
        yield opened


def heads(connection: Connection, finding: Finding) -> list[str]:
    return [one.article.id for one in shown(connection, finding, find(connection, finding).numbers)]


def test_without_words_the_newest_come_first(connection: Connection) -> None:
    found = shown(connection, Finding(), find(connection, Finding()).numbers)
    days = [str(one.article.published) for one in found]
    assert len(days) == COUNT
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("finding", [Finding(), Finding(typed="troops"), Finding(typed="laut", newest=True)])
def test_each_facet_leads_to_as_many_articles_as_it_says(connection: Connection, finding: Finding) -> None:
    facets = find(connection, finding).facets
    assert {one.facet for one in facets} == {"language", "source", "week", "type", "country"}
    for one in facets:
        if one.facet != "week":
            assert len(find(connection, finding.replace(**{one.facet: one.name})).numbers) == one.articles, one


def test_a_country_and_a_type_must_be_those_of_one_act(connection: Connection) -> None:
    both = Finding(type="ASSAULT", country="IDN")
    wanted = {
        one.article.id
        for one in map(lambda number: reading(number, events=3), range(COUNT))  # noqa: C417
        if any(event.type == "ASSAULT" and event.place and event.place.country == "IDN" for event in one.events)
    }
    assert set(heads(connection, both)) == wanted


def test_an_outlet_is_found_with_words_and_without(connection: Connection) -> None:
    assert len(heads(connection, Finding(source="Outlet 3"))) == len([n for n in range(COUNT) if n % 40 == 3])
    assert set(heads(connection, Finding(source="Outlet 3", typed="laut"))) <= set(
        heads(connection, Finding(source="Outlet 3"))
    )


def test_the_newest_first_is_another_order_than_the_best_first(connection: Connection) -> None:
    best, newest = heads(connection, Finding(typed="troops")), heads(connection, Finding(typed="troops", newest=True))
    assert sorted(best) == sorted(newest)
    assert best != newest


def test_the_words_are_marked_in_the_stretch_that_is_shown(connection: Connection) -> None:
    finding = Finding(typed="troops")
    for one in shown(connection, finding, find(connection, finding).numbers):
        assert {one.snippet[mark.start : mark.end].lower() for mark in one.marks} <= {"troops"}


@given(some.text())
def test_whatever_is_typed_is_answered(connection: Connection, typed: str) -> None:
    assert find(connection, Finding(typed=typed)).total >= 0

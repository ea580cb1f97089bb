"""Other alliances, countries, cities and days change exactly the codes and dates they should."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from siaga.base.article import Article, Page
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.collect.article import articles
from siaga.flow import read_article
from tests.properties.exchange import ORIGINAL, Cast, exchange, next_month, variants

COUNT = 40


def read(text: str) -> Reading:
    [article] = articles([Page(name="page", body=text.encode())])
    assert isinstance(article, Article)
    return read_article(article)


@pytest.fixture(scope="module")
def page(shared: Path) -> str:
    return (shared / "seed" / "umatpost.txt").read_text("utf-8").split("Artikel Terkait")[0]


@pytest.fixture(scope="module")
def original(page: str) -> Reading:
    return read(page)


@pytest.mark.parametrize(
    "cast", list(variants(COUNT)), ids=lambda cast: "-".join([*cast.codes().values(), str(cast.day)])
)
def test_another_cast_changes_codes_and_dates_and_nothing_else(page: str, original: Reading, cast: Cast) -> None:
    reading = read(exchange(page, cast))
    assert reading.article.published == cast.day.isoformat()
    assert reading.article.published_basis == "inferred"
    expected = [skeleton(event, cast) for event in original.events]
    assert [skeleton(event, None) for event in reading.events] == expected
    assert [f.code for f in reading.forecasts] == [exchanged(f.code, cast) for f in original.forecasts]
    assert [q.code for q in reading.quotes] == [exchanged(q.code, cast) for q in original.quotes]


def skeleton(event: Event, cast: Cast | None) -> dict[str, Any]:
    """What an event says, with the codes and dates of the original exchanged as the cast is."""
    code = (lambda value: exchanged(value, cast)) if cast else (lambda value: value)
    day = (lambda value: moved(value, cast)) if cast else (lambda value: value)
    return {
        "type": event.type,
        "status": event.status,
        "rule": event.rule,
        "actors": sorted(str(code(party.code)) for party in event.actors),
        "recipients": sorted(str(code(party.code)) for party in event.recipients),
        "place": event.place and code(event.place.country),
        "earliest": day(event.earliest),
        "latest": day(event.latest),
    }


def exchanged(code: str | None, cast: Cast) -> str | None:
    roles = {original: role for role, original in ORIGINAL.codes().items()}
    return cast.codes()[roles[code]] if code in roles else code


def moved(day: str | None, cast: Cast) -> str | None:
    """The day of publication, the first day of the month that is feared, or the bounds of "this year"."""
    if day is None:
        return None
    moves = {
        ORIGINAL.day: cast.day,
        date(2022, 1, 1): next_month(cast.day),
        date(2021, 1, 1): date(cast.day.year, 1, 1),
        date(2021, 12, 31): date(cast.day.year, 12, 31),
    }
    return moves[date.fromisoformat(day)].isoformat()

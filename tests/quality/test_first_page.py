"""The page the project starts from, read as an analyst would want it."""

from __future__ import annotations

from pathlib import Path

import pytest

from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.collect.load import load
from siaga.flow import readings


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    [one] = readings(load([str(shared / "seed" / "umatpost.txt")]))
    assert isinstance(one, Reading)
    return one


def found(reading: Reading, type_: str, status: str, actor: str, recipient: str | None = None) -> list[Event]:
    """Events of this type and status with this actor and recipient."""
    return [
        event
        for event in reading.events
        if (event.type, event.status) == (type_, status)
        and actor in {party.code for party in event.actors}
        and (recipient is None or recipient in {party.code for party in event.recipients})
    ]


def test_nine_paragraphs_stay_and_eleven_lines_are_dropped(reading: Reading) -> None:
    assert len(reading.article.text.split("\n")) == 9
    assert len(reading.article.dropped) == 11
    assert {block.reason for block in reading.article.dropped} == {"related-list"}


def test_weekday_and_term_of_office_leave_one_day(reading: Reading) -> None:
    assert (reading.article.published, reading.article.published_basis) == ("2021-11-30", "inferred")


def test_nato_meets_in_riga(reading: Reading) -> None:
    events = found(reading, "CONSULT", "happened", "NATO")
    assert any(
        event.place is not None
        and (event.place.name, event.place.country, event.earliest, event.latest)
        == ("Riga", "LVA", "2021-11-30", "2021-11-30")
        for event in events
    )


def test_russia_masses_at_least_ten_thousand_troops_towards_ukraine(reading: Reading) -> None:
    numbers = [number for event in found(reading, "MOBILIZE", "happened", "RUS", "UKR") for number in event.magnitude]
    assert any((n.minimum, n.maximum, n.unit) == (10000, None, "troops") for n in numbers)


def test_an_invasion_is_possible_and_none_has_happened(reading: Reading) -> None:
    assert found(reading, "ASSAULT", "possible", "RUS", "UKR")
    assert not [event for event in reading.events if event.type == "ASSAULT" and event.status == "happened"]


def test_kyiv_foresees_it_from_january(reading: Reading) -> None:
    claims = {(claim.code, claim.window_earliest, claim.window_latest) for claim in reading.forecasts}
    assert ("UKR", "2022-01-01", None) in claims


def test_washington_weighs_weapons_for_ukraine(reading: Reading) -> None:
    assert found(reading, "AID", "considered", "USA", "UKR")


def test_the_secretary_general_is_quoted_twice_once_by_an_agency(reading: Reading) -> None:
    quotes = [quote for quote in reading.quotes if quote.direct]
    assert [quote.speaker for quote in quotes] == ["Jens Stoltenberg"] * 2
    assert {(quote.office, quote.organisation, quote.code) for quote in quotes} == {
        ("Sekretaris Jenderal", "NATO", "NATO")
    }
    assert [quote.medium for quote in quotes] == ["AFP", None]
    assert not any(quote.anonymous for quote in quotes)


def test_nothing_is_read_in_the_list_of_other_stories(reading: Reading) -> None:
    listed = {block.text for block in reading.article.dropped}
    assert not listed & {event.evidence.text for event in reading.events}

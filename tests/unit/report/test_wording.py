"""Acts in words."""

from __future__ import annotations

import pytest

from siaga.base.event import Magnitude, Place
from siaga.report.catalogue import catalogue
from siaga.report.facts import cited
from siaga.report.wording import act, amount, days, plain_act
from tests.unit.report.invented import event, reading

EN, ID = catalogue("en"), catalogue("id")


def test_an_act_says_who_whom_where_when_and_how_much() -> None:
    told = event(
        "x",
        place=Place(name="Kiruna", country="SWE", latitude=None, longitude=None, precision="city"),
        earliest="2031-05-01",
        latest="2031-05-01",
        magnitude=(Magnitude(minimum=3, maximum=3, unit="killed", text="three"),),
    )
    said = cited([reading(told)])
    assert act(said, {}, EN) == "Attack by Norway against Sweden in Kiruna, 1 May 2031 (3 killed)"
    assert act(said, {"SWE": "Swedia"}, ID) == "Serangan oleh Norway terhadap Swedia di Kiruna, 1 Mei 2031 (3 tewas)"


@pytest.mark.parametrize(
    ("who", "whom", "text"),
    [
        ("NOR", "SWE", "Talks between Norway and Sweden"),
        ("NOR SWE", "SWE NOR", "Talks between Norway and Sweden"),
        ("NATO", "NATO", "Talks within NATO"),
        ("NOR", "", "Talks involving Norway"),
        ("", "SWE", "Talks with Sweden"),
        ("", "", "Talks"),
        ("a b c d e", "SWE", "Talks between a, b, c and 2 others and Sweden"),
    ],
)
def test_the_form_follows_from_the_sides_that_are_named(who: str, whom: str, text: str) -> None:
    assert plain_act(event("x", "CONSULT", who, whom), {}, EN) == text


@pytest.mark.parametrize(
    ("type_", "mode", "text"),
    [
        ("ASSAULT", "aerial", "Air strike by Norway against Sweden"),
        ("ASSAULT", "of tomorrow", "Attack by Norway against Sweden"),
        ("CONSULT", "visit", "Visit by Norway to Sweden"),
        ("CONSULT", "phone", "Telephone call between Norway and Sweden"),
    ],
)
def test_the_noun_follows_the_mode(type_: str, mode: str, text: str) -> None:
    assert plain_act(event("x", type_, mode=mode), {}, EN) == text


@pytest.mark.parametrize(
    ("minimum", "maximum", "unit", "text"),
    [
        (10000, None, "troops", "at least 10,000 troops"),
        (0, 30000, "troops", "up to 30,000 troops"),
        (92, 92, "troops", "92 troops"),
        (3, 5, "wounded", "3 to 5 wounded"),
        (60_000_000, 60_000_000, "money:USD", "60,000,000 USD"),
        (2, 2, "ferries", "“two ferries”"),
    ],
)
def test_amounts(minimum: float, maximum: float | None, unit: str, text: str) -> None:
    assert amount(Magnitude(minimum=minimum, maximum=maximum, unit=unit, text="two ferries"), EN) == text


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (None, None, ""),
        ("2031-05-01", None, ", from 1 May 2031"),
        (None, "2031-05-01", ", until 1 May 2031"),
        ("2031-05-01", "2031-05-03", ", 1 May 2031 to 3 May 2031"),
        ("2031-05-01", "2031-05-31", ", May 2031"),
        ("2031-01-01", "2031-12-31", ", 2031"),
        ("2031-02-01", "2031-03-31", ", 1 February 2031 to 31 March 2031"),
    ],
)
def test_days(earliest: str | None, latest: str | None, text: str) -> None:
    assert days(earliest, latest, EN) == text

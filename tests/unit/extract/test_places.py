"""Places: the gazetteer and who is meant."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document, PlaceMention
from siaga.base.pack import asset
from siaga.extract.gazetteer import gazetteer
from siaga.extract.places import Places
from siaga.extract.tokens import tokenise


def places_in(code: str | None, text: str) -> tuple[PlaceMention, ...]:
    return Places()(Document(article=Article(id="a", text=text, language=code), tokens=tokenise(text))).places


def named(code: str, text: str) -> list[tuple[str, str | None, str]]:
    return [(place.name, place.country, place.precision) for place in places_in(code, text)]


def test_riga_is_a_city_of_latvia_with_its_coordinates() -> None:
    [latvia, riga] = places_in("id", "di Ibu Kota Latvia, Riga,")
    assert (latvia.country, latvia.precision) == ("LVA", "country")
    assert (riga.name, riga.country, riga.precision) == ("Riga", "LVA", "city")
    assert (round(riga.latitude or 0), round(riga.longitude or 0)) == (57, 24)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kiev", "UKR"), ("Kyiv", "UKR"), ("Damaskus", "SYR"), ("Kairo", "EGY"), ("Beirut", "LBN"), ("Jenewa", "CHE"),
        ("Yerusalem", "ISR"), ("Moskwa", "RUS"), ("Wina", "AUT"), ("Brussel", "BEL"), ("London", "GBR"),
        ("Tel Aviv", "ISR"), ("Gaza", "PSE"), ("Tepi Barat", "PSE"), ("Khan Younis", "PSE"), ("Wamena", "IDN"),
    ],
)  # fmt: skip
def test_exonyms_name_their_city(name: str, country: str) -> None:
    assert [place.country for place in places_in("id", f"Mereka tiba di {name} kemarin.")] == [country]


@pytest.mark.parametrize(
    ("code", "name"),
    [("id", "Laut Cina Selatan"), ("id", "Selat Hormuz"), ("en", "South China Sea"), ("en", "Black Sea")],
)
def test_seas_and_straits_have_no_country(code: str, name: str) -> None:
    assert named(code, f"… {name} …") == [(name, None, "sea")]


@pytest.mark.parametrize(
    ("code", "text"), [("id", "Kita di sini. Anda Batu."), ("en", "Nice Reading. Of Mobile, Man.")]
)
def test_names_that_are_words_are_no_places(code: str, text: str) -> None:
    assert places_in(code, text) == ()


def test_case_matters() -> None:
    assert places_in("en", "they were in london and riga") == ()


def test_a_word_is_a_place_after_a_preposition() -> None:
    assert named("en", "The talks were held in Nice, France.")[0] == ("Nice", "FRA", "city")


def test_of_homonyms_the_one_in_a_country_of_the_article_is_meant() -> None:
    assert ("Birmingham", "GBR", "city") in named("en", "In Birmingham, in the United Kingdom, they met.")
    assert ("Birmingham", "USA", "city") in named("en", "In Birmingham, in the United States, they met.")


def test_a_far_larger_homonym_is_meant_though_the_other_country_is_named() -> None:
    assert ("London", "GBR", "city") in named("en", "In London, Canada and others met.")


def test_a_newspaper_is_no_place() -> None:
    assert places_in("en", "The Jerusalem Post reported it.") == ()


def test_a_border_has_a_country_and_no_coordinates() -> None:
    [border] = places_in("id", "pasukan di perbatasan Ukraina")
    assert (border.country, border.precision, border.latitude) == ("UKR", "region", None)


def test_a_region_named_with_its_kind_keeps_its_coordinates() -> None:
    [place] = places_in("id", "di Kabupaten Jayawijaya")
    assert (place.name, place.country, round(place.latitude or 0)) == ("Kabupaten Jayawijaya", "IDN", -4)


def test_the_same_name_is_read_with_the_same_country_in_both_languages() -> None:
    for name in ("Riga", "Jakarta", "Kharkiv", "Khartoum"):
        assert places_in("id", f"di {name}")[0].country == places_in("en", f"in {name}")[0].country


def test_every_city_lies_on_earth_in_a_known_country() -> None:
    lines = (line for line in asset("places", "cities.csv").read_text("utf-8").splitlines() if line[0] != "#")
    rows = list(csv.DictReader(lines))
    assert len(rows) > 10_000
    assert all(-90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180 for row in rows)
    assert all(len(row["country"]) == 3 for row in rows)


def test_the_gazetteer_is_compiled_once() -> None:
    assert gazetteer("id") is gazetteer("id")


@given(st.text(max_size=60), st.sampled_from(["id", "en"]))
def test_any_text_has_places_inside_it(text: str, code: str) -> None:
    assert all(0 <= place.start < place.end <= len(text) for place in places_in(code, text))

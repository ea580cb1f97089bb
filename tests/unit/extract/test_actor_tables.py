"""The tables of actors hold together: codes, days, offices with a name in every pack."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from siaga.base.pack import asset, languages, read_rows
from siaga.extract.actor_tables import Body, Country, load_actors, load_leaders
from siaga.extract.tokens import tokenise

TABLES = ("organisations", "groups", "institutions", "regions", "media")
REIGN_HEAD = "head"
"""Office of rows from REIGN, which says neither whether it is president or prime minister, nor the last day."""


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_name(table: str) -> None:
    rows = read_rows(asset("actors", f"{table}.csv"), Body)
    assert [row for row in rows if not (row.name_id or row.name_en)] == []


def test_countries_are_alpha_3_once_each() -> None:
    codes = [row.code for row in read_rows(asset("actors", "countries.csv"), Country)]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert len(codes) == len(set(codes))
    assert len(codes) >= 195


def test_at_least_150_groups_are_known() -> None:
    assert len({row.code for row in read_rows(asset("actors", "groups.csv"), Body)}) >= 150


def test_a_term_of_office_ends_after_it_begins() -> None:
    assert [row for row in load_leaders() if row.valid_until and row.valid_until < (row.valid_from or "")] == []


def test_nobody_holds_an_office_twice_at_once() -> None:
    terms: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in (row for row in load_leaders() if row.office != REIGN_HEAD):
        held = terms.setdefault((row.code, row.name, row.office, row.organisation), [])
        held.append((row.valid_from or "", row.valid_until or "9999"))
    assert [key for key, held in terms.items() if _overlap(sorted(held))] == []


def _overlap(terms: list[tuple[str, str]]) -> bool:
    return any(first < last for (_, last), (first, _) in pairwise(terms))


@pytest.mark.parametrize("language", languages())
def test_offices_of_leaders_have_a_name_in_every_pack(language: str) -> None:
    offices = {row.office for row in load_leaders()} - {REIGN_HEAD}
    assert offices - load_actors(language).offices.keys() == set()


@pytest.mark.parametrize("language", languages())
def test_a_name_in_capitals_is_known_too_unless_it_is_an_abbreviation(language: str) -> None:
    names = load_actors(language).names
    assert names.at(("ISRAEL",), 0) is not None
    assert names.at(("un",), 0) is None


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", ["Gideon Sa'ar", "Gideon Sa\u2019ar", "GIDEON SA\u2019AR"])
def test_a_name_is_known_with_either_apostrophe(language: str, form: str) -> None:
    assert load_actors(language).names.at(tokenise(form).forms, 0) is not None

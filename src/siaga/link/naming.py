"""The same name in several languages: countries, their people and capitals, bodies, months and weekdays as one word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from siaga.base.pack import asset, languages, lexicon, load_pack, read_rows
from siaga.extract.actor_tables import Body, Country, DemonymRow
from siaga.extract.daterules import Month, Weekday

__all__ = ["known_names", "longest_names"]

LONGEST_NAME = 3
"""Words of the longest name that is looked up."""
BETWEEN = "|"
"""Between the names in a cell."""
BODIES = ("organisations", "institutions", "regions")


@cache
def known_names() -> dict[tuple[str, ...], str]:
    """Names as written, as their words, and the word that stands for each in every language."""
    found: dict[tuple[str, ...], str] = {}
    for name, word in _names():
        words = tuple(name.replace("-", " ").replace(".", "").split())
        if 0 < len(words) <= LONGEST_NAME:
            found.setdefault(words, word)
    return found


@cache
def longest_names() -> dict[str, int]:
    """Words of the longest known name that begins with each word."""
    found: dict[str, int] = {}
    for words in known_names():
        found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


def _names() -> Iterator[tuple[str, str]]:
    for country in read_rows(asset("actors", "countries.csv"), Country):
        for cell in (country.name_id, country.name_en, country.aliases, country.aliases_id, country.aliases_en):
            yield from ((name, f"={country.code}") for name in cell.split(BETWEEN))
        for cell in (country.capital_id, country.capital_en):
            yield from ((name, f"={country.code}*") for name in cell.split(BETWEEN))
    for file in BODIES:
        for body in read_rows(asset("actors", f"{file}.csv"), Body):
            for cell in (body.name_id, body.name_en, body.aliases, body.aliases_id, body.aliases_en):
                yield from ((name, f"={body.name_en or body.name_id}") for name in cell.split(BETWEEN))
    for language in languages():
        yield from _names_in(language)


def _names_in(language: str) -> Iterator[tuple[str, str]]:
    pack = load_pack(language)
    for people in lexicon(pack, "demonyms", DemonymRow):
        yield people.form, f"={people.code}"
    for month in lexicon(pack, "months", Month):
        yield month.word, f"=month{month.month}"
    for day in lexicon(pack, "weekdays", Weekday):
        yield day.word, f"=day{day.weekday}"

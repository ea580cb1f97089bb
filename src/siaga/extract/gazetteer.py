"""The places we know: countries, regions, seas, sites and cities, by every name we know of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.errors import PackError
from siaga.base.event import Precision
from siaga.base.pack import asset, is_overlaid, lexicon, load_pack, read_rows
from siaga.base.record import Record
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["Gazetteer", "KnownPlace", "gazetteer"]


class KnownPlace(NamedTuple):
    """A place of the gazetteer."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    precision: Precision
    population: int = 0


class Gazetteer(NamedTuple):
    """Names as they are written, in a language, and the places that bear them."""

    names: Phrases[tuple[KnownPlace, ...]]
    """The places of each name: none for names that hold a place's and are something else, as of newspapers."""
    heads: frozenset[str]
    never: frozenset[str]
    """Names that are words, whatever stands before them."""
    cued: frozenset[str]
    """Names that are words or persons too: places only after a cue."""
    cues: Phrases[None]


class Region(Record):
    """A row of `places/regions.csv`: names in any language with `|` between them; each is shown as written."""

    names: str
    latitude: float
    longitude: float
    precision: Precision
    country: str | None = None


class Country(Record):
    """A row of `places/countries.csv`."""

    code: str
    language: str
    name: str
    latitude: float
    longitude: float


class City(Record):
    """A row of `places/cities.csv`: a name of a city or village, and the city's own if this is another one."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    city: str = ""


class OtherName(Record):
    """A row of `lexicon/places.csv`: one more name of a country."""

    name: str
    country: str


class NotPlace(Record):
    """A row of `lexicon/not_places.csv`."""

    name: str
    rule: Literal["never", "cued", "block"]


class PlaceContext(Record):
    """A row of `lexicon/place_context.csv`."""

    phrase: str
    role: Literal["cue", "person"]


@cache
def gazetteer(language: str) -> Gazetteer:
    """The gazetteer with the names of this language; cities are read once for all."""
    pack = load_pack(language)
    by_name: dict[str, list[KnownPlace]] = defaultdict(list)
    for name, place in (*_countries(language), *_regions(), *_cities()):
        by_name[name].append(place)
    context = lexicon(pack, "place_context", PlaceContext)
    doubtful = lexicon(pack, "not_places", NotPlace)
    blocked: list[tuple[tuple[str, ...], tuple[KnownPlace, ...]]] = [
        (_words(row.name), ()) for row in doubtful if row.rule == "block"
    ]
    entries = blocked + [(_words(name), tuple(places)) for name, places in by_name.items()]
    return Gazetteer(
        names=Phrases(entries),
        heads=frozenset(words[0] for words, _ in entries),
        never=frozenset(row.name for row in doubtful if row.rule == "never"),
        cued=frozenset(row.name for row in doubtful if row.rule == "cued"),
        cues=Phrases((row.phrase.split(), None) for row in context if row.role == "cue"),
    )


def _words(name: str) -> tuple[str, ...]:
    return (name,) if name.isalpha() else tokenise(name).forms


def _countries(language: str) -> Iterator[tuple[str, KnownPlace]]:
    rows = [row for row in read_rows(asset("places", "countries.csv"), Country) if row.language == language]
    by_code = {row.code: KnownPlace(row.name, row.code, row.latitude, row.longitude, "country") for row in rows}
    yield from ((row.name, by_code[row.code]) for row in rows)
    for other in lexicon(load_pack(language), "places", OtherName):
        if other.country not in by_code:
            raise PackError(f"{language}/lexicon/places.csv: no country {other.country!r} in places/countries.csv")
        yield other.name, by_code[other.country]


@cache
def _regions() -> tuple[tuple[str, KnownPlace], ...]:
    return tuple(_each_name(read_rows(asset("places", "regions.csv"), Region)))


def _each_name(rows: Iterable[Region]) -> Iterator[tuple[str, KnownPlace]]:
    for row in rows:
        for name in row.names.split("|"):
            yield name, KnownPlace(name, row.country, row.latitude, row.longitude, row.precision)


@cache
def _cities() -> tuple[tuple[str, KnownPlace], ...]:
    """Cities and their names. Read without records: 16,000 rows would take most of a command's start.

    With rows of an overlay they are read as records: it is worth the tenth of a second.
    """
    path = asset("places", "cities.csv")
    if is_overlaid(path):
        return tuple(map(_city, read_rows(path, City)))
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    rows = csv.reader(lines)
    if next(rows) != ["name", "country", "latitude", "longitude", "population", "city"]:
        raise PackError(f"{path}: expected the columns that tools/compile_places.py writes")
    return tuple(
        (name, KnownPlace(city or name, country, float(latitude), float(longitude), "city", int(population)))
        for name, country, latitude, longitude, population, city in rows
    )


def _city(row: City) -> tuple[str, KnownPlace]:
    place = KnownPlace(row.city or row.name, row.country, row.latitude, row.longitude, "city", row.population)
    return row.name, place

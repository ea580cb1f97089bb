"""Stored events as a table that programs for GDELT 1.0 read: 58 columns, tabs between, no headings."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import product

from siaga.base.event import Event, Party
from siaga.base.pack import asset
from siaga.store.load import StoredEvent

__all__ = ["gdelt_lines"]

COLUMNS = 58
QUADS = {"verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4"}
DAY_LETTERS = 10
DAYS_OF_YEAR = 365
GEO_TYPES = {"country": "1", "region": "5", "city": "4", "site": "4", "sea": "5"}
"""Our precision of a place -> GDELT's."""


def gdelt_lines(one: StoredEvent) -> bytes:
    """The event, a line for each pair of parties; empty where GDELT has no place for it."""
    return b"".join("\t".join(row).encode() + b"\n" for row in _rows(one))


def _rows(one: StoredEvent) -> Iterator[tuple[str, ...]]:
    """The rows of an event; none where GDELT has no place for it: without a day, a CAMEO code, or not yet happened."""
    event = one.event
    day = (event.earliest or one.article.published or "")[:DAY_LETTERS]
    if len(day) != DAY_LETTERS or not event.cameo or event.status != "happened":
        return
    for actor, recipient in product(event.actors or (None,), event.recipients or (None,)):
        yield tuple(_clean(cell) for cell in _cells(one, date.fromisoformat(day), actor, recipient))


def _cells(one: StoredEvent, day: date, actor: Party | None, recipient: Party | None) -> list[str]:
    event, cells = one.event, [""] * COLUMNS
    code, digits = event.cameo or "", f"{day:%Y%m%d}"
    cells[0] = _number(event.id, *(party.code or party.text if party else "" for party in (actor, recipient)))
    cells[1], cells[2], cells[3] = digits, digits[:6], digits[:4]
    cells[4] = f"{day.year + (day.timetuple().tm_yday - 1) / DAYS_OF_YEAR:.4f}"
    for place, party in ((5, actor), (15, recipient)):
        if party is not None:
            cells[place], cells[place + 1] = party.code or "", party.name or party.text
            cells[place + 2] = party.code if party.code and party.code in _fips() else ""
    cells[25], cells[26], cells[27], cells[28] = "1", code, code[:3], code[:2]
    cells[29], cells[30] = _quads().get(event.type, ("", ""))
    cells[31] = cells[32] = cells[33] = "1"
    if event.place is not None:
        cells[49], cells[50] = GEO_TYPES[event.place.precision], event.place.name
        cells[51] = _fips().get(event.place.country or "", "")
        cells[53], cells[54] = (str(degree) if degree is not None else "" for degree in _point(event))
    cells[56] = (one.article.published or "")[:DAY_LETTERS].replace("-", "")
    cells[57] = one.article.url or ""
    return cells


def _number(*parts: str) -> str:
    """A number of its own for each row, the same again: GDELT's are whole and stand once."""
    return str(int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest()) >> 1)


def _point(event: Event) -> tuple[float | None, float | None]:
    return (event.place.latitude, event.place.longitude) if event.place else (None, None)


@cache
def _fips() -> Mapping[str, str]:
    """Country -> code of FIPS 10-4, as GDELT writes places."""
    lines = [line for line in asset("places", "fips.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    return {row["code"]: row["fips"] for row in csv.DictReader(lines)}


@cache
def _quads() -> Mapping[str, tuple[str, str]]:
    """Type -> quad class and score, from our ontology."""
    lines = [line for line in asset("ontology", "types.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    return {row["type"]: (QUADS[row["quad"]], row["score"]) for row in csv.DictReader(lines)}


def _clean(cell: str) -> str:
    return " ".join(cell.split())

"""Stored events as a table that programs for GDELT 1.0 read: 58 columns, tabs between, no headings."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import IO

from siaga.base.event import Event, Party
from siaga.base.pack import asset
from siaga.store.load import StoredEvent

__all__ = ["gdelt_rows", "write_gdelt"]

COLUMNS = 58
QUADS = {"verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4"}
DATE_DIGITS = 8


def write_gdelt(events: Iterable[StoredEvent], target: IO[bytes]) -> tuple[int, int]:
    """Write events that have a day and a CAMEO code, a row for each pair of parties; events written, and left out."""
    written = left = 0
    for one in events:
        rows = tuple(gdelt_rows(one))
        written, left = written + bool(rows), left + (not rows)
        target.writelines("\t".join(row).encode() + b"\n" for row in rows)
    return written, left


def gdelt_rows(one: StoredEvent) -> Iterator[tuple[str, ...]]:
    """The rows of an event; none where GDELT has no place for it: without a day, a CAMEO code, or not yet happened."""
    event = one.event
    day = (event.earliest or one.article.published or "")[:10].replace("-", "")
    if len(day) != DATE_DIGITS or not event.cameo or event.status != "happened":
        return
    for actor, recipient in product(event.actors or (None,), event.recipients or (None,)):
        yield tuple(_clean(cell) for cell in _cells(one, day, actor, recipient))


def _cells(one: StoredEvent, day: str, actor: Party | None, recipient: Party | None) -> list[str]:
    event, cells = one.event, [""] * COLUMNS
    code = event.cameo or ""
    cells[0], cells[1], cells[2], cells[3] = event.id, day, day[:6], day[:4]
    for place, party in ((5, actor), (15, recipient)):
        if party is not None:
            cells[place], cells[place + 1] = party.code or "", party.name or party.text
    cells[25], cells[26], cells[27], cells[28] = "1", code, code[:3], code[:2]
    cells[29], cells[30] = _quads().get(event.type, ("", ""))
    cells[31] = cells[32] = cells[33] = "1"
    if event.place is not None:
        cells[50] = event.place.name
        cells[51] = event.place.country or ""
        cells[53], cells[54] = (str(degree) if degree is not None else "" for degree in _point(event))
    cells[56] = (one.article.published or "")[:10].replace("-", "")
    cells[57] = one.article.url or ""
    return cells


def _point(event: Event) -> tuple[float | None, float | None]:
    return (event.place.latitude, event.place.longitude) if event.place else (None, None)


@cache
def _quads() -> Mapping[str, tuple[str, str]]:
    """Type -> quad class and score, from our ontology."""
    lines = [line for line in asset("ontology", "types.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    return {row["type"]: (QUADS[row["quad"]], row["score"]) for row in csv.DictReader(lines)}


def _clean(cell: str) -> str:
    return " ".join(cell.split())

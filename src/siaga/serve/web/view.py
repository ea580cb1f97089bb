"""What a page answers, before it is written in one format or another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from siaga.base.record import Record

if TYPE_CHECKING:
    from siaga.serve.web.asking import Asking

__all__ = ["Cell", "Cookie", "Elsewhere", "Entry", "Extra", "Place", "Rows", "View"]

Cell = str | int | float | bool | None


class Rows(Record):
    """A table."""

    columns: tuple[str, ...] = ()
    """Names for programs, the same in every language."""
    lines: tuple[tuple[Cell, ...], ...] = ()


class Entry(Record):
    """An entry of the page's Atom feed."""

    id: str
    """Never changes and is nobody else's: `warning/RUS-UKR/2021-11-30`."""
    title: str
    path: str
    """Of the page below the language."""
    updated: str
    """Day, or RFC 3339 time."""
    summary: str = ""


class Place(Record):
    """A point of the page's GeoJSON."""

    latitude: float
    longitude: float
    properties: tuple[tuple[str, Cell], ...] = ()


class Cookie(Record):
    """What the browser is to keep; never read by scripts and sent to us only."""

    name: str
    value: str
    seconds: int | None = None
    """How long; null for as long as the browser runs, 0 to forget it."""
    from_links: bool = False
    """Also sent by a browser that comes by a link from elsewhere, e.g. out of a mail."""


class View(Record):
    """The answer of a page."""

    title: str
    template: str
    shown: Record
    """What the template shows, and what `.json` says."""
    rows: Rows = Rows()
    entries: tuple[Entry, ...] = ()
    places: tuple[Place, ...] | None = None
    """Null for a page that has no places: it answers no `.geojson`."""
    markdown: str = ""
    """Its text for `.md`; by default title and table."""
    status: int = 200
    cookies: tuple[Cookie, ...] = ()


class Elsewhere(Record):
    """After a POST: where the browser is to go on."""

    path: str
    """An address as `Asking.link` and `Asking.here` give it."""
    cookies: tuple[Cookie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A format that only some pages have, e.g. a calendar."""

    suffix: str
    media_type: str
    write: Callable[[Asking, View], Iterable[bytes]]

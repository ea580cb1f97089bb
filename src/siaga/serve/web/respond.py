"""One view in every format: HTML, JSON, CSV, Markdown, Atom, GeoJSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import msgspec

from siaga.base.errors import AbsentError
from siaga.report.markdown import escaped
from siaga.serve.web.freshness import Freshness
from siaga.serve.web.rendering import rendered
from siaga.serve.web.view import Cell, Entry, Rows, View

if TYPE_CHECKING:
    from siaga.serve.web.asking import Asking

__all__ = ["FORMATS", "body", "media_type"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes spreadsheets take a cell for a formula."""
ATOM = "http://www.w3.org/2005/Atom"
Writer = Callable[["Asking", View, Freshness], Iterable[bytes]]


def body(suffix: str, asking: Asking, view: View, fresh: Freshness) -> bytes:
    """The view in a format.

    Raises:
        AbsentError: the page has no places, of which GeoJSON consists.

    """
    _, write = FORMATS[suffix]
    return b"".join(write(asking, view, fresh))


def media_type(suffix: str) -> str:
    """The type of a format, as HTTP says it."""
    found, _ = FORMATS[suffix]
    return found


def _html(asking: Asking, view: View, fresh: Freshness) -> Iterator[bytes]:
    yield rendered(asking, view, fresh).encode()


def _json(asking: Asking, view: View, fresh: Freshness) -> Iterator[bytes]:
    yield msgspec.json.encode(
        {"page": asking.path, "title": view.title, "language": asking.language, "freshness": fresh, "shown": view.shown}
    )


def _csv(_asking: Asking, view: View, _fresh: Freshness) -> Iterator[bytes]:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(view.rows.columns)
    writer.writerows(tuple(_cell(one) for one in line) for line in view.rows.lines)
    yield written.getvalue().encode()


def _cell(value: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _markdown(asking: Asking, view: View, fresh: Freshness) -> Iterator[bytes]:
    if view.markdown:
        yield view.markdown.encode()
        return
    yield f"# {escaped(view.title)}\n\n".encode()
    if fresh.as_of:
        yield f"{asking.words.say('web.as_of', day=asking.words.day(fresh.as_of))}\n\n".encode()
    yield from _table(view.rows)


def _table(rows: Rows) -> Iterator[bytes]:
    if not rows.columns:
        return
    yield f"| {' | '.join(rows.columns)} |\n|{' --- |' * len(rows.columns)}\n".encode()
    for line in rows.lines:
        yield f"| {' | '.join('' if one is None else escaped(str(one)) for one in line)} |\n".encode()


def _atom(asking: Asking, view: View, fresh: Freshness) -> Iterator[bytes]:
    newest = max((_moment(one.updated) for one in view.entries), default=fresh.saved or "1970-01-01T00:00:00Z")
    yield (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}" xml:lang={quoteattr(asking.language)}>'
        f"<id>urn:siaga:{_xml(asking.path)}</id><title>{_xml(view.title)}</title><updated>{_xml(newest)}</updated>"
        f"<author><name>Siaga</name></author><link rel='self' href={quoteattr(asking.here('.atom'))}/>"
    ).encode()
    yield from (_entry(asking, one) for one in view.entries)
    yield b"</feed>\n"


def _entry(asking: Asking, one: Entry) -> bytes:
    return (
        f"<entry><id>urn:siaga:{_xml(one.id)}</id><title>{_xml(one.title)}</title>"
        f"<updated>{_xml(_moment(one.updated))}</updated><link href={quoteattr(asking.link(one.path))}/>"
        f"<summary>{_xml(one.summary)}</summary></entry>"
    ).encode()


def _moment(written: str) -> str:
    """A day as the moment with which it begins."""
    return written if "T" in written else f"{written[:10]}T00:00:00Z"


def _xml(written: str) -> str:
    """Text for XML; signs that XML can't hold are left out."""
    return escape("".join(sign for sign in written if sign >= " " or sign in "\t\n"))


def _geojson(_asking: Asking, view: View, _fresh: Freshness) -> Iterator[bytes]:
    if view.places is None:
        raise AbsentError("this page has no places; expected one of its other formats")
    yield msgspec.json.encode(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": (one.longitude, one.latitude)},
                    "properties": dict(one.properties),
                }
                for one in view.places
            ],
        }
    )


FORMATS: Mapping[str, tuple[str, Writer]] = {
    "html": ("text/html; charset=utf-8", _html),
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", _csv),
    "md": ("text/markdown; charset=utf-8", _markdown),
    "atom": ("application/atom+xml", _atom),
    "geojson": ("application/geo+json", _geojson),
}
"""Suffix of the address -> media type and what writes it."""

"""Stored events in the shapes that other programs read, as a stream: none is held for longer than it takes to write."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple
from uuid import uuid4

from siaga.base.article import Article
from siaga.report.gdelt import gdelt_lines
from siaga.report.geojson import HEAD, TAIL, feature
from siaga.report.stix import StixObjects
from siaga.serve.cli.formats import COLUMNS, event_row, safe
from siaga.store.load import StoredEvent

__all__ = ["SHAPES", "Shape", "Tally", "article_of", "csv_head", "csv_line", "streamed"]


class Shape(NamedTuple):
    """How events are written one after the other."""

    media_type: str
    one: Callable[[], Callable[[StoredEvent], bytes]]
    """What writes an event in one stream; empty for an event that has no place in this shape."""
    head: Callable[[], bytes] = bytes
    between: bytes = b""
    tail: bytes = b""


class Tally:
    """How many events a stream has written by now, and left out."""

    written = 0
    left_out = 0


def streamed(events: Iterable[StoredEvent], shape: Shape, tally: Tally | None = None) -> Iterator[bytes]:
    """The events in a shape, piece by piece.

    Args:
        events: in the order in which they are written.
        shape: one of `SHAPES`.
        tally: what counts them; a stream that breaks off has counted what it wrote.

    """
    counted, one = tally or Tally(), shape.one()
    yield shape.head()
    for event in events:
        if not (piece := one(event)):
            counted.left_out += 1
            continue
        yield shape.between + piece if counted.written else piece
        counted.written += 1
    yield shape.tail


def csv_head() -> bytes:
    """The names of the columns."""
    return _row(COLUMNS)


def csv_line(stored: StoredEvent) -> bytes:
    """An event as a row of CSV, of whose cells a spreadsheet runs none."""
    return _row(map(safe, event_row(article_of(stored), stored.part, stored.event)))


def article_of(stored: StoredEvent) -> Article:
    """The article of an event, whose text isn't needed to show it."""
    head = stored.article
    return Article(
        id=head.id, url=head.url, source=head.source, title=head.title, language=head.language,
        published=head.published, published_basis=head.published_basis, text="", reader=head.reader,
    )  # fmt: skip


def _row(cells: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(tuple(cells))
    return line.getvalue().encode()


def _json_line(stored: StoredEvent) -> bytes:
    return stored.to_json() + b"\n"


def _bundle() -> bytes:
    return b'{"type":"bundle","id":"bundle--%s","objects":[\n' % str(uuid4()).encode()


SHAPES: Final[dict[str, Shape]] = {
    "csv": Shape("text/csv; charset=utf-8", lambda: csv_line, csv_head),
    "jsonl": Shape("application/jsonl; charset=utf-8", lambda: _json_line),
    "geojson": Shape("application/geo+json", lambda: feature, lambda: HEAD, b",\n", TAIL),
    "gdelt": Shape("text/tab-separated-values; charset=utf-8", lambda: gdelt_lines),
    "stix": Shape("application/stix+json;version=2.1", StixObjects, _bundle, b",\n", b"\n]}\n"),
}
"""The shapes by name; Parquet is written by the engine (`store.analysis.write_parquet`)."""

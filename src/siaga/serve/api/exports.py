"""Everything that meets the conditions, as a stream: nothing is capped, and memory does not grow with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import mkstemp
from typing import Any, NamedTuple

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from siaga.base.record import Record
from siaga.serve.api.parameters import ArticlesAsked, EventsAsked, IncidentsAsked, QuotesAsked, StoriesAsked
from siaga.serve.exporting import SHAPES, streamed
from siaga.store.analysis import analysing, write_parquet
from siaga.store.browse import all_events, browse_articles, browse_incidents, browse_quotes, browse_stories
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.workspace import Workspace

__all__ = ["EXPORTS", "Export"]

PARQUET = "application/vnd.apache.parquet"
LINES = "application/jsonl; charset=utf-8"
BATCH = 200
"""Records that go out in one piece."""
EXPORT_TYPES = {name: shape.media_type for name, shape in SHAPES.items()} | {"parquet": PARQUET}
"""Ending of the address -> media type, of events."""
Browse = Callable[[Connection, Any], Iterator[tuple[Record, Any]]]


class Export(NamedTuple):
    """A resource that is exported whole."""

    name: str
    """With the ending that says the format: `events.csv`."""
    asked: type[Record]
    media_type: str
    write: Callable[[Workspace, Any], Response]


def _events_as(shape: str) -> Export:
    """The export of events in one of `SHAPES`."""
    return Export(f"events.{shape}", EventsAsked, EXPORT_TYPES[shape], _Events(shape))


@dataclass(frozen=True)
class _Events:
    shape: str

    def __call__(self, place: Workspace, asked: EventsAsked) -> Response:
        return _attached(self.pieces(place, asked), f"events.{self.shape}", EXPORT_TYPES[self.shape])

    def pieces(self, place: Workspace, asked: EventsAsked) -> Iterator[bytes]:
        chosen = asked.question()
        with reading_from(place) as connection, analysing(place, connection) as engine:
            yield from streamed(all_events(connection, engine, chosen), SHAPES[self.shape])


def _parquet(place: Workspace, asked: EventsAsked) -> Response:
    """As a file: Parquet has its index at the end, and is written by the engine."""
    chosen = asked.question()
    handle, name = mkstemp(suffix=".parquet", prefix="siaga-")
    os.close(handle)
    path = Path(name)
    try:
        with reading_from(place) as connection, analysing(place, connection) as engine:
            write_parquet(engine, chosen, path)
    except BaseException:
        path.unlink()
        raise
    return FileResponse(path, filename="events.parquet", media_type=PARQUET, background=BackgroundTask(path.unlink))


@dataclass(frozen=True)
class _Lines:
    name: str
    browse: Browse

    def __call__(self, place: Workspace, asked: Any) -> Response:  # noqa: ANN401 - that of the export
        return _attached(self.pieces(place, asked), self.name, LINES)

    def pieces(self, place: Workspace, asked: Any) -> Iterator[bytes]:  # noqa: ANN401
        question = asked.question()
        with reading_from(place) as connection:
            yield from (one.to_json() + b"\n" for one, _ in self.browse(connection, question))


def _attached(pieces: Iterable[bytes], name: str, media_type: str) -> Response:
    """A stream that a browser saves as a file. Its first piece is at hand before the status is sent."""
    joined = _joined(pieces)
    first = next(joined, b"")
    return StreamingResponse(
        chain((first,), joined),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same, some at a time: each goes through the server by itself."""
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if len(held) >= BATCH:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


EXPORTS = (
    *(_events_as(shape) for shape in SHAPES),
    Export("events.parquet", EventsAsked, PARQUET, _parquet),
    Export("articles.jsonl", ArticlesAsked, LINES, _Lines("articles.jsonl", browse_articles)),
    Export("stories.jsonl", StoriesAsked, LINES, _Lines("stories.jsonl", browse_stories)),
    Export("incidents.jsonl", IncidentsAsked, LINES, _Lines("incidents.jsonl", browse_incidents)),
    Export("quotes.jsonl", QuotesAsked, LINES, _Lines("quotes.jsonl", browse_quotes)),
)

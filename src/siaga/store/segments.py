"""Sealed segments: events also as Parquet files, each a range of numbers, which DuckDB counts fast.

A segment is written aside, synced, renamed to a name made from its content and only then entered in the manifest, in
one transaction. Killed anywhere in between, a file is left that no manifest names; the next seal removes it. All of a
segment can be made again from the database.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import Any

import duckdb
import numpy as np

from siaga.base.errors import DamagedError, NotSavedError
from siaga.base.failpoint import failpoint
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.files import digest_of, sync
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = [
    "Segment",
    "Tail",
    "check",
    "make_again",
    "manifest",
    "rebuild",
    "remove_unnamed",
    "seal",
    "sealed_files",
    "tail_of",
    "tail_table",
    "unsealed",
]

COLUMNS = (
    "seq", "id", "article", "source", "url", "title", "language", "published", "reader", "part", "type", "mode",
    "contexts", "status", "actors", "recipients", "place", "country", "latitude", "longitude", "precision", "day",
    "earliest", "latest", "speaker", "medium", "confidence", "rule", "sentence",
)  # fmt: skip
"""Of flat_events.sql, in its order."""
JOINED = "\x1f"
"""Between the members of a list in one of them."""
LAYOUT = 1
"""Of the columns; a segment of another is still read, columns it lacks are null."""
MOST_EVENTS = 1_000_000
"""Events in one segment when all are made again."""
MOST_SMALL = 16
"""Segments of less than half that size, before they are put together."""
UNFINISHED = ".unfinished"
GRACE_SECONDS = 3600
"""How long a segment stays that has been replaced: somebody may be counting over it."""


class Segment(Record):
    """A line of the manifest."""

    name: str
    layout: int
    first: int
    last: int
    """Numbers of events, inclusive."""
    events: int
    bytes: int
    sha256: str


class Tail(Record):
    """Events that are in no segment, as columns."""

    names: tuple[str, ...]
    columns: tuple[tuple[Any, ...], ...]


def manifest(connection: Connection) -> tuple[Segment, ...]:
    """The segments, in order."""
    names = Segment.__struct_fields__
    return tuple(Segment(**dict(zip(names, row, strict=True))) for row in connection.execute(query("manifest")))


def unsealed(connection: Connection) -> int:
    """How many events are in no segment."""
    [(_, _, count)] = connection.execute(query("unsealed"))
    return int(str(count))


def seal(workspace: Workspace, connection: Connection, moment: str) -> Segment | None:
    """Seal the events that are in no segment; null if there are none.

    Raises:
        NotSavedError: the disk is full or may not be written to; the store is as it was.

    """
    _sweep(workspace, connection)
    [(first, last, count)] = connection.execute(query("unsealed"))
    if not count:
        return None
    segment = _of_range(workspace, connection, int(str(first)), int(str(last)))
    with transaction(connection):
        _enter(connection, segment, moment)
    failpoint("seal.entered")
    _merge(workspace, connection, moment)
    return segment


def rebuild(workspace: Workspace, connection: Connection, moment: str) -> tuple[Segment, ...]:
    """Make all segments again from the database, large ones, in place of those that are there."""
    made = tuple(_of_range(workspace, connection, first, last) for first, last in _ranges(connection))
    with transaction(connection):
        connection.execute("DELETE FROM segment")
        connection.execute(query("withdrawn_left_out"))
        for segment in made:
            _enter(connection, segment, moment)
    _sweep(workspace, connection)
    return made


def make_again(workspace: Workspace, connection: Connection, numbers: Sequence[int], moment: str) -> None:
    """Within a transaction: make the segments again that may hold events of these numbers, from what still stands.

    The old files are removed by `remove_unnamed`, when that is committed.
    """
    touched = [one for one in manifest(connection) if any(one.first <= number <= one.last for number in numbers)]
    for old in touched:
        new = _of_range(workspace, connection, old.first, old.last)
        connection.execute("DELETE FROM segment WHERE name = ?", (old.name,))
        connection.execute("UPDATE withdrawn SET sealed = 0 WHERE seq BETWEEN ? AND ?", (old.first, old.last))
        _enter(connection, new, moment)


def remove_unnamed(workspace: Workspace, connection: Connection) -> None:
    """Remove all files that no manifest names, at once: what was taken down goes first.

    Somebody who is counting over them meanwhile meets an error and counts again.
    """
    _sweep(workspace, connection, grace=0)


def _merge(workspace: Workspace, connection: Connection, moment: str) -> None:
    """Put the small segments at the end together once they are many: each file more takes time to open."""
    small = tuple(takewhile(lambda segment: segment.events < MOST_EVENTS // 2, reversed(manifest(connection))))[::-1]
    if len(small) < MOST_SMALL or any(_fault(workspace, segment) for segment in small):
        return
    merged = _of_segments(workspace, small)
    with transaction(connection):
        connection.execute("DELETE FROM segment WHERE first BETWEEN ? AND ?", (merged.first, merged.last))
        _enter(connection, merged, moment)


def check(workspace: Workspace, connection: Connection) -> tuple[str, ...]:
    """What is wrong with the segments, one line each: all their bytes are read."""
    return tuple(line for segment in manifest(connection) if (line := _fault(workspace, segment)))


def sealed_files(workspace: Workspace, segments: Sequence[Segment]) -> list[str]:
    """The files of the segments.

    Raises:
        DamagedError: one is missing or has another size than it was made with.

    """
    for segment in segments:
        path = workspace.segments / segment.name
        if not path.is_file() or path.stat().st_size != segment.bytes:
            raise damaged(workspace, f"{segment.name} is {'missing' if not path.is_file() else 'of another size'}")
    return [str(workspace.segments / segment.name) for segment in segments]


def damaged(workspace: Workspace, what: str) -> DamagedError:
    """The error that says how segments are mended."""
    return DamagedError(
        f"{workspace.segments}: {what}. Nothing is lost, the database has it all; make the segments again with: "
        f"siaga seal --rebuild --workspace {workspace.folder}"
    )


def engine_settings() -> dict[str, str | bool | int | float | list[str]]:
    """Settings of DuckDB: never a look at the network, never a file beside those that are asked for."""
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": "",
    }


def tail_of(connection: Connection, first: int, last: int) -> Tail:
    """The events of a range of numbers."""
    asked = {"first": first, "last": last, "joined": JOINED}
    rows = connection.execute(query("flat_events"), asked).fetchall()
    return Tail(names=COLUMNS, columns=tuple(zip(*rows, strict=True)) if rows else ((),) * len(COLUMNS))


def joined(tails: Sequence[Tail]) -> Tail:
    """The events of several ranges."""
    columns = (tuple(chain.from_iterable(cells)) for cells in zip(*(tail.columns for tail in tails), strict=True))
    return Tail(names=COLUMNS, columns=tuple(columns))


def tail_table(engine: duckdb.DuckDBPyConnection, tail: Tail) -> None:
    """Give the engine the tail as a table `tail`, of the columns of a segment."""
    cells = {name: _array(column) for name, column in zip(tail.names, tail.columns, strict=True)}
    engine.register("cells", cells)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE tail AS {query('tail')}")
    engine.unregister("cells")


def _array(column: tuple[Any, ...]) -> np.ndarray[Any, np.dtype[Any]]:
    array = np.empty(len(column), dtype=object)
    array[:] = column
    return array


def _ranges(connection: Connection) -> Iterator[tuple[int, int]]:
    """Ranges of numbers that together hold every event, each of `MOST_EVENTS` numbers at the most."""
    [(least, most)] = connection.execute("SELECT min(seq), max(seq) FROM event")
    if least is None:
        return
    for first in range(int(str(least)), int(str(most)) + 1, MOST_EVENTS):
        yield first, min(first + MOST_EVENTS - 1, int(str(most)))


def _of_range(workspace: Workspace, connection: Connection, first: int, last: int) -> Segment:
    """A segment of the events with these numbers, from the database."""
    tail = tail_of(connection, first, last)
    with _writing_engine() as engine:
        tail_table(engine, tail)
        return _written(workspace, engine.table("tail"), first, last)


def _of_segments(workspace: Workspace, segments: Sequence[Segment]) -> Segment:
    """A segment of all events of others."""
    with _writing_engine() as engine:
        rows = engine.read_parquet(sealed_files(workspace, segments), union_by_name=True).order("seq")
        return _written(workspace, rows, segments[0].first, segments[-1].last)


def _writing_engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config=engine_settings() | {"threads": "1"})


def _written(workspace: Workspace, rows: duckdb.DuckDBPyRelation, first: int, last: int) -> Segment:
    """Write rows as a segment, under its last name but not yet in the manifest."""
    aside = workspace.segments / f"{first}-{last}{UNFINISHED}"
    try:
        workspace.segments.mkdir(exist_ok=True)
        rows.write_parquet(str(aside), compression="zstd")
        [(events,)] = rows.count("*").fetchall()
        failpoint("seal.written")
        sync(aside)
        digest, size = digest_of(aside), aside.stat().st_size
        target = workspace.segments / f"{digest[:24]}.parquet"
        failpoint("seal.synced")
        aside.replace(target)
        failpoint("seal.renamed")
        sync(workspace.segments)
    except (duckdb.IOException, OSError) as error:
        aside.unlink(missing_ok=True)
        raise NotSavedError(
            f"{workspace.segments}: a segment can't be written: {error}. Nothing is lost; make room and run: siaga seal"
        ) from error
    return Segment(name=target.name, layout=LAYOUT, first=first, last=last, events=events, bytes=size, sha256=digest)


def _enter(connection: Connection, segment: Segment, moment: str) -> None:
    connection.execute(
        query("add_segment"),
        (
            segment.name,
            segment.layout,
            segment.first,
            segment.last,
            segment.events,
            segment.bytes,
            segment.sha256,
            moment,
        ),
    )


def _sweep(workspace: Workspace, connection: Connection, grace: float = GRACE_SECONDS) -> None:
    """Remove files that no manifest names: left by a seal that was cut short, or by a rebuild."""
    named, old = {segment.name for segment in manifest(connection)}, time.time() - grace
    for path in workspace.segments.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)
    for path in workspace.segments.glob("*.parquet"):
        if path.name not in named and path.stat().st_mtime <= old:
            path.unlink(missing_ok=True)


def _fault(workspace: Workspace, segment: Segment) -> str | None:
    path = workspace.segments / segment.name
    if not path.is_file():
        return f"{path}: missing"
    return None if digest_of(path) == segment.sha256 else f"{path}: its bytes are not those that were written"

"""Questions over all events: sealed segments and the unsealed tail together, in an engine that lives in memory.

Manifest and tail are read in one transaction, so that an event is seen once however the writer goes on meanwhile.
Nothing of the engine is kept on disk: while one process held such a file, no other could even read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np

from siaga.base.event import EventType, Status
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.segments import (
    Segment,
    Tail,
    damaged,
    engine_settings,
    joined,
    manifest,
    sealed_files,
    tail_of,
    tail_table,
)
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Count", "Key", "Selection", "analysing", "ask", "count_events", "list_events", "write_parquet"]

Key = Literal[
    "country", "actor", "recipient", "pair", "type", "mode", "status", "source", "language", "day", "week", "month",
    "year",
]  # fmt: skip
PERIODS = frozenset({"day", "week", "month", "year"})
NO_LIMIT = 2**62
ROWS_OF_GROUP = 20_000
"""Rows of a Parquet file that are gathered before they are written."""
END = 2**62
"""A number above that of any event."""


class Selection(Record):
    """Which events are asked for; an empty list is no condition."""

    actors: tuple[str, ...] = ()
    """Codes, any of which is an actor."""
    recipients: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    countries: tuple[str, ...] = ()
    """Where it happens, alpha-3."""
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    """Inclusive days, for the day an event is told for."""
    published_since: str | None = None
    published_until: str | None = None
    """Inclusive days, for the publication of the article."""
    least_confidence: float = 0.0
    titles: bool = False
    """Events of titles, too: most are told again in the body."""


class Count(Record):
    """How many events have these keys; a key that is not known is null."""

    keys: tuple[str | None, ...]
    events: int


@contextmanager
def analysing(workspace: Workspace, connection: Connection) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine in memory that has all events of this moment as a view `event`.

    Raises:
        DamagedError: a segment is missing or broken.

    """
    segments, tail, gone = _snapshot(workspace, connection)
    with duckdb.connect(":memory:", config=engine_settings()) as engine:
        try:
            tail_table(engine, tail)
            _sealed_view(engine, workspace, segments)
            _withdrawn_table(engine, gone)
            engine.execute(query("events"))
            yield engine
        except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
            raise  # a question of ours that is wrong
        except duckdb.Error as error:  # damage comes in many kinds, some of them nameless
            raise damaged(workspace, f"a segment can't be read: {str(error).splitlines()[0]}") from error


def count_events(
    engine: duckdb.DuckDBPyConnection, keys: Sequence[Key], selection: Selection, most: int | None = None
) -> tuple[Count, ...]:
    """Events by keys: the latest period first, within it the most frequent.

    Args:
        engine: of `analysing`.
        keys: at least one.
        selection: which events.
        most: rows, at the most.

    """
    ask(engine, selection)
    text = query("count_events").format(keys=", ".join(keys), source=_source(keys), order=_order(keys))
    rows = engine.execute(text, {"most": most or NO_LIMIT}).fetchall()
    return tuple(Count(keys=tuple(map(_word, row[:-1])), events=row[-1]) for row in rows)


def list_events(engine: duckdb.DuckDBPyConnection, selection: Selection, most: int | None = None) -> tuple[int, ...]:
    """Numbers of the events asked for, newest first."""
    ask(engine, selection)
    return tuple(seq for (seq,) in engine.execute(query("list_events"), {"most": most or NO_LIMIT}).fetchall())


def write_parquet(engine: duckdb.DuckDBPyConnection, selection: Selection, target: Path) -> int:
    """Write the events asked for, one row each and in no order, to a Parquet file; how many they are.

    In order, or by several threads, a million of them would be held in memory.
    """
    ask(engine, selection)
    engine.execute("SET preserve_insertion_order = false; SET threads = 1")
    chosen = engine.sql("SELECT * EXCLUDE (seq, week, month, year) FROM selected")
    chosen.write_parquet(str(target), compression="zstd", row_group_size=ROWS_OF_GROUP)
    [(count,)] = engine.read_parquet(str(target)).count("*").fetchall()
    return int(count)


def _snapshot(workspace: Workspace, connection: Connection) -> tuple[tuple[Segment, ...], Tail, list[int]]:
    """Manifest, tail, and the numbers of events that are sealed and no longer stand, of one moment.

    Where records are at a server, another machine may have sealed what has no file here: it belongs to the tail.
    """
    with connection:
        sealed = manifest(connection)
        segments = tuple(one for one in sealed if not workspace.is_served or (workspace.segments / one.name).is_file())
        first = max((segment.last for segment in sealed), default=0) + 1
        ranges = [(one.first, one.last) for one in sealed if one not in segments]
        tail = joined([tail_of(connection, *range_) for range_ in (*ranges, (first, END))])
        gone = [int(str(seq)) for (seq,) in connection.execute(query("withdrawn_in_segments"))]
    return segments, tail, gone


def _withdrawn_table(engine: duckdb.DuckDBPyConnection, gone: Sequence[int]) -> None:
    engine.register("numbers", {"seq": np.array(gone, dtype=np.int64)})
    engine.execute("CREATE TEMP TABLE withdrawn AS SELECT seq FROM numbers")
    engine.unregister("numbers")


def _sealed_view(engine: duckdb.DuckDBPyConnection, workspace: Workspace, segments: Sequence[Segment]) -> None:
    files = sealed_files(workspace, segments)
    if not files:
        engine.execute("CREATE TEMP VIEW sealed AS SELECT * FROM tail LIMIT 0")
        return
    engine.read_parquet(files, union_by_name=len({one.layout for one in segments}) > 1).create_view("sealed")


def ask(engine: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    """Set the variables of the view `selected`: from now on it has the events asked for."""
    asked = {
        "actors": selection.actors, "recipients": selection.recipients, "types": selection.types,
        "statuses": selection.statuses, "countries": selection.countries, "languages": selection.languages,
        "sources": selection.sources, "since": selection.since, "until": selection.until,
        "published_since": selection.published_since, "published_until": selection.published_until,
        "least": selection.least_confidence, "titles": selection.titles,
    }  # fmt: skip
    for name, value in asked.items():
        given = list(value) if isinstance(value, tuple) else value
        engine.execute(f"SET VARIABLE {name} = $value", {"value": given if given != [] else None})


def _source(keys: Sequence[Key]) -> str:
    sides = {"actor", "recipient", "pair"} & set(keys)
    if not sides:
        return "selected"
    return f"selected_by_{sides.pop()}" if len(sides) == 1 else "selected_by_pair"


def _order(keys: Sequence[Key]) -> str:
    periods = [f"{key} DESC NULLS LAST" for key in keys if key in PERIODS]
    others = [f"{key} NULLS LAST" for key in keys if key not in PERIODS]
    return ", ".join((*periods, "events DESC", *others))


def _word(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)

"""What a workspace holds, so that two that came about differently can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import apsw

from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.segments import check
from siaga.store.workspace import Workspace

__all__ = ["contents", "left_aside"]

MOMENT = re.compile(r"20(?:2[4-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
"""When something was done; the news of the tests is older."""
TRIES = frozenset({"daily_run", "segment", "robots", "sqlite_sequence"})
"""What tells how often it was tried, or can be made again in other pieces: segments are compared by what they count."""
TRIED = frozenset({"looks", "unchanged", "requests"})
"""Columns that count tries."""
FILES = ("siaga.toml", "alerts/*.toml", "overlay/**/*", "sources/*.toml", "imports/*.parquet", "watchlists/*.toml")


def contents(where: Workspace) -> dict[str, object]:
    """The rows of each table, the events that are counted, and the files beside the database; no moments."""
    assert apsw.Connection(str(where.database)).pragma("integrity_check") == "ok"
    with reading_from(where) as connection:
        tables: dict[str, object] = {name: _rows(connection, name) for name in _tables(connection)}
        tables["segments that are broken"] = check(where, connection)
        with analysing(where, connection) as engine:
            tables["counted"] = tuple(count_events(engine, ("country", "day"), Selection()))
    return tables | {"files": dict(_files(where.folder))}


def left_aside(folder: Path) -> tuple[str, ...]:
    """Files that a run which was cut short left."""
    return tuple(sorted(path.name for path in folder.rglob("*.unfinished")))


def _tables(connection: Connection) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'article_words%' ORDER BY name"
    )
    return tuple(str(name) for (name,) in found if name not in TRIES)


def _rows(connection: Connection, table: str) -> tuple[str, ...]:
    columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in TRIED]
    cells = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(f"SELECT {cells} FROM {table}")  # noqa: S608 - names of our own schema
    return tuple(sorted(MOMENT.sub("a moment", repr(row)) for row in rows))


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for pattern in FILES:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                yield str(path.relative_to(folder)), sha256(path.read_bytes()).hexdigest()
    for path in sorted(folder.glob("alerts/*.atom")):
        yield path.name, f"{path.read_text('utf-8').count('<entry')} entries"

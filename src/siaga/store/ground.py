"""What the records of a workspace lie on, and whether anything was saved since one last looked."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import apsw

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.sql import migrations, migrations_of_postgresql, query
from siaga.store.workspace import Workspace

__all__ = ["Ground", "Trace", "file_trace", "ground_of", "trace_of"]

Trace = tuple[tuple[int, int], ...]


class Ground(Record):
    """The engine that has the records."""

    kind: Literal["sqlite", "postgresql"]
    version: str
    schema: int
    bytes: int
    """Of its file, or of the database at its server."""


def ground_of(workspace: Workspace, connection: Connection) -> Ground:
    """The engine behind a connection of this workspace."""
    if workspace.is_served:
        version, size = connection.execute(query("server_facts")).get
        return Ground(kind="postgresql", version=version, schema=max(migrations_of_postgresql()), bytes=size)
    size = workspace.database.stat().st_size
    return Ground(kind="sqlite", version=apsw.sqlite_lib_version(), schema=len(migrations()), bytes=size)


def trace_of(workspace: Workspace) -> Trace:
    """What changes with every transaction: of a file the times and sizes of it and its log, of a server its snapshot.

    Raises:
        StoreError: the server can't be reached, or has no records.

    """
    if workspace.is_served:
        with reading_from(workspace) as connection:
            return (tuple(connection.execute(query("server_moment")).get),)
    return tuple(map(file_trace, (workspace.database, workspace.database.with_name(f"{workspace.database.name}-wal"))))


def file_trace(path: Path) -> tuple[int, int]:
    """When a file or folder was changed last, and its size; zeros where it isn't there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size

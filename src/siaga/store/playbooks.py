"""Playbooks as files, and their runs in the store, which are only added to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

from siaga.base.errors import GivenError, PackError
from siaga.base.expected import convert
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.pack import asset
from siaga.base.playbook import Entry, Playbook, Run, Written
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = [
    "add_entry", "begin_run", "broken_at", "load_playbook", "load_run", "load_runs", "load_trail", "playbook_file",
    "playbook_names", "read_playbook",
]  # fmt: skip

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
NOTHING_BEFORE = "0" * 64


def playbook_names(workspace: Workspace) -> tuple[str, ...]:
    """Names of the playbooks that come with Siaga, and of those of the workspace, which go before ours."""
    return tuple(sorted(_files(workspace)))


def load_playbook(workspace: Workspace, name: str) -> Playbook:
    """The playbook of this name.

    Raises:
        GivenError: there is none, or its file can't be right; says which are near, or where.

    """
    files = _files(workspace)
    if name not in files:
        meant = did_you_mean(nearest(name, files))
        raise GivenError(f"no playbook {name!r}.{meant} There are {', '.join(sorted(files))}")
    return read_playbook(files[name])


def read_playbook(file: Traversable) -> Playbook:
    """The playbook that a file is.

    Raises:
        GivenError: it can't be right; says where.

    """
    try:
        return convert(tomllib.loads(file.read_text("utf-8")), Playbook, file.name)
    except (PackError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise GivenError(f"{file}: {error}") from error


def playbook_file(workspace: Workspace, name: str) -> str:
    """The text of a playbook's file.

    Raises:
        GivenError: there is none.

    """
    load_playbook(workspace, name)
    return _files(workspace)[name].read_text("utf-8")


def begin_run(connection: Connection, run: Run) -> None:
    """Begin a run, with the first entry of its trail."""
    row = {"id": run.id, "name": run.name, "unit": run.unit, "began": run.began, "record": run.to_json().decode()}
    with transaction(connection):
        connection.execute(query("add_playbook_run"), row)
        _add(connection, Entry(run=run.id, kind="started", who=run.who, moment=run.began, note=run.because))


def add_entry(connection: Connection, entry: Entry) -> None:
    """Add to the trail of a run.

    Raises:
        apsw.ConstraintError: the run is closed, or there is none.

    """
    with transaction(connection):
        _add(connection, entry)


def load_run(connection: Connection, id_: str) -> Run | None:
    """The run with this id, or the only one whose id begins with so many digits; null if there is none."""
    rows = connection.execute(query("playbook_run"), {"id": id_}).fetchall()
    return from_stored(str(rows[0][0]), Run, f"run {id_}") if len(rows) == 1 else None


def load_runs(connection: Connection) -> Iterator[Run]:
    """All runs, the latest first."""
    for (record,) in connection.execute(query("playbook_runs")).fetchall():
        yield from_stored(str(record), Run, "a run of a playbook")


def load_trail(connection: Connection, run: str) -> tuple[Written, ...]:
    """The trail of a run, in order."""
    rows = connection.execute(query("playbook_trail"), (run,))
    return tuple(
        Written(number=int(str(number)), entry=from_stored(str(record), Entry, f"entry {number}"), hash=str(hash_))
        for number, record, hash_ in rows
    )


def broken_at(trail: Iterable[Written]) -> int | None:
    """The number of the first entry that is not as it was written; null if all are."""
    before = NOTHING_BEFORE
    for one in trail:
        if one.hash != _hash(before, one.entry):
            return one.number
        before = one.hash
    return None


def _add(connection: Connection, entry: Entry) -> None:
    trail = load_trail(connection, entry.run)
    row = {
        "run": entry.run, "kind": entry.kind, "step": entry.step, "who": entry.who, "moment": entry.moment,
        "record": entry.to_json().decode(), "hash": _hash(trail[-1].hash if trail else NOTHING_BEFORE, entry),
    }  # fmt: skip
    connection.execute(query("add_playbook_entry"), row)


def _hash(before: str, entry: Entry) -> str:
    return sha256(before.encode() + entry.to_json()).hexdigest()


def _files(workspace: Workspace) -> Mapping[str, Traversable]:
    """Each playbook's file by its name."""
    shipped: dict[str, Traversable] = {
        one.name[:-5]: one for one in asset("playbooks").iterdir() if one.name.endswith(".toml")
    }
    own: Iterable[Path] = (workspace.folder / "playbooks").glob("*.toml")
    return shipped | {one.stem: one for one in own if NAME.fullmatch(one.stem)}

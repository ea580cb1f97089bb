"""Briefs to be signed: versions in one chain that is only added to, and what shows that nobody changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from siaga.base.signed import Draft, Kept, Published, Version, VersionKind
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query

__all__ = ["Written", "add_version", "broken_version", "load_all_briefs", "load_brief", "sealed"]

NOTHING_BEFORE = "0" * 64
ROW = ("number", "brief", "kind", "who", "moment", "note", "draft", "files", "content", "hash")
Row = Mapping[str, object]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a version says beside its draft."""

    kind: VersionKind
    who: str
    moment: str
    note: str | None = None
    files: tuple[Published, ...] = ()


def add_version(connection: Connection, brief: str, draft: Draft, said: Written) -> Version:
    """Add a version of a brief to the chain.

    Raises:
        apsw.ConstraintError: the brief is signed, and this is another text.

    """
    row: dict[str, object] = {
        "brief": brief, "kind": said.kind, "who": said.who, "moment": said.moment, "note": said.note,
        "draft": draft.to_json().decode(), "files": msgspec.json.encode(said.files).decode(),
    }  # fmt: skip
    with transaction(connection):
        before = connection.execute(query("last_brief_hash")).get
        row["content"] = sealed(str(row["draft"]))
        row["hash"] = _hash(str(before or NOTHING_BEFORE), row)
        number = connection.execute(query("add_brief_version"), row).get
    return _version({**row, "number": number})


def load_brief(connection: Connection, id_: str) -> Kept | None:
    """All versions of the brief with this id, or of the only one whose id begins so; null if there is none."""
    found = tuple(map(_version, _rows(connection, id_)))
    return Kept(versions=found) if found and len({one.brief for one in found}) == 1 else None


def load_all_briefs(connection: Connection) -> tuple[Kept, ...]:
    """All briefs, the latest first."""
    found: dict[str, list[Version]] = {}
    for one in map(_version, _rows(connection, None)):
        found.setdefault(one.brief, []).append(one)
    return tuple(Kept(versions=tuple(versions)) for versions in reversed(found.values()))


def broken_version(connection: Connection) -> int | None:
    """The number of the first version of any brief that is not as it was written; null if all are."""
    before = NOTHING_BEFORE
    for row in _rows(connection, None):
        if row["content"] != sealed(str(row["draft"])) or row["hash"] != _hash(before, row):
            return int(str(row["number"]))
        before = str(row["hash"])
    return None


def sealed(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def _rows(connection: Connection, brief: str | None) -> Iterator[Row]:
    for cells in connection.execute(query("brief_versions"), {"brief": brief}).fetchall():
        yield dict(zip(ROW, cells, strict=True))


def _hash(before: str, row: Row) -> str:
    parts = [row[name] for name in ("brief", "kind", "who", "moment", "note", "content", "files")]
    return sealed(msgspec.json.encode([before, *parts]).decode())


def _version(row: Row) -> Version:
    where = f"version {row['number']} of brief {row['brief']}"
    fixed = {name: row[name] for name in ("number", "brief", "kind", "who", "moment", "note", "content", "hash")}
    files = msgspec.json.decode(str(row["files"]), type=tuple[Published, ...])
    return Version(**fixed, draft=from_stored(str(row["draft"]), Draft, where), files=files)  # type: ignore[arg-type]

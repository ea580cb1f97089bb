"""The audit trail: who did what, in order. It is only added to; the database itself refuses anything else."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from siaga.base.account import Deed, Trace
from siaga.base.person import Person
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["Lines", "add_deed", "add_failed_login", "list_audit"]

NO_LIMIT = 2**62
"""As SQLite has it."""


class Lines(Record):
    """Which lines of the trail are asked for; null is no condition."""

    who: str | None = None
    deed: str | None = None
    """`account` stands for `account.add` and all the others."""
    since: str | None = None
    """A day or a moment, UTC."""
    before: int | None = None
    """Lines with smaller numbers."""
    most: int | None = None


def add_deed(connection: Connection, person: Person, deed: Deed, moment: str) -> None:
    """Add to the trail that somebody did something; it stands with the transaction in which it was done."""
    _add(connection, {"who": person.name, "means": person.means, "moment": moment}, deed)


def add_failed_login(connection: Connection, name: str | None, address: str | None, moment: str) -> None:
    """Add to the trail that a login failed, from an address.

    The name is null unless somebody has it: it may be a password.
    """
    deed = Deed(name="login.fail", object=name, note=address)
    _add(connection, {"who": None, "means": "session", "moment": moment}, deed)


def list_audit(connection: Connection, lines: Lines) -> Iterator[Trace]:
    """The lines that are asked for, newest first."""
    values = msgspec.structs.asdict(lines) | {"most": NO_LIMIT if lines.most is None else lines.most}
    for number, moment, who, means, name, object_, note in connection.execute(query("list_audit"), values):
        deed = {"name": name, "object": object_, "note": note}
        yield msgspec.convert({"number": number, "moment": moment, "who": who, "means": means, "deed": deed}, Trace)


def _add(connection: Connection, row: dict[str, str | None], deed: Deed) -> None:
    connection.execute(query("add_audit"), row | {"deed": deed.name, "object": deed.object, "note": deed.note})

"""Who may use the web pages and the API of a workspace, and what was done there."""

from __future__ import annotations

from typing import Final, Literal

from siaga.base.person import Means, Role
from siaga.base.record import Record

__all__ = ["SCOPES", "Account", "Deed", "Scope", "Token", "Trace"]

Scope = Literal["read", "write", "admin"]
SCOPES: Final[tuple[Scope, ...]] = ("read", "write", "admin")
"""What the roles may do, in the same order."""


class Account(Record):
    """Somebody who may log in."""

    name: str
    role: Role
    made: str
    """RFC 3339, UTC, as all moments here."""
    changed: str
    """When the password was set."""


class Token(Record):
    """What a program shows in place of a name and a password; the token itself is kept nowhere."""

    id: str
    account: str
    label: str
    """What it is for."""
    scope: Scope
    made: str
    ends: str
    used: str | None
    """When last, to within ten minutes; null: never."""


class Deed(Record):
    """Something that somebody does, for the audit trail."""

    name: str
    """What kind of thing: `account.add`, `token.revoke`, `correction.add`."""
    object: str | None = None
    """To what it is done: a name or an id."""
    note: str | None = None


class Trace(Record):
    """A line of the audit trail."""

    number: int
    moment: str
    who: str | None
    """Null: nobody who is known."""
    means: Means
    deed: Deed

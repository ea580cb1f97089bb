"""Accounts, sessions, tokens and failed logins in the database; what they mean is told by `serve.accounts`.

All secrets come here as hashes. Changes are made on a connection of `noting_in`, within a transaction.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import msgspec

from siaga.base.account import Account, Scope, Token
from siaga.base.person import Person, Role
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.jobs import after
from siaga.store.sql import query

__all__ = [
    "Failures", "Seen", "add_account", "add_failure", "add_session", "add_token", "any_account", "failures",
    "forget_failures", "forget_old_failures", "list_accounts", "list_tokens", "load_secret", "load_session",
    "load_token", "rehash", "remove_account", "remove_session", "remove_sessions_of", "remove_sessions_over",
    "remove_token", "see_session", "set_role", "set_secret", "take_back_failure", "use_token",
]  # fmt: skip

DAY = 86_400.0
Kind = TypeVar("Kind", bound=Record)


class Seen(NamedTuple):
    """Whose a session or a token is, and when it was last seen."""

    person: Person
    seen: str | None
    id: str | None = None
    """Of a token."""
    scope: Scope | None = None


class Failures(NamedTuple):
    """How often logins failed, and when last."""

    times: int
    latest: str | None


def any_account(connection: Connection) -> bool:
    """Whether anybody has an account; else whoever can reach the workspace may do everything."""
    return bool(connection.execute(query("any_account")).get)


def list_accounts(connection: Connection) -> tuple[Account, ...]:
    """The accounts, by name."""
    return tuple(_record(row, Account) for row in connection.execute(query("accounts")))


def load_secret(connection: Connection, name: str) -> tuple[Person, str] | None:
    """Who has this name, and the hash of their password; null if nobody has it."""
    row = connection.execute(query("account_secret"), (name,)).fetchone()
    return None if row is None else (_person(row[0], row[1], "session"), str(row[2]))


def add_account(connection: Connection, person: Person, secret: str, moment: str) -> bool:
    """Add an account; false if the name is taken."""
    values = {"name": person.name, "role": person.role, "secret": secret, "moment": moment}
    connection.execute(query("add_account"), values)
    return bool(connection.changes())


def set_role(connection: Connection, name: str, role: Role) -> bool:
    """Give an account another role; false if there is no such account."""
    connection.execute(query("set_account_role"), {"name": name, "role": role})
    return bool(connection.changes())


def set_secret(connection: Connection, name: str, secret: str, moment: str) -> bool:
    """Give an account another password; false if there is no such account."""
    connection.execute(query("set_account_secret"), {"name": name, "secret": secret, "moment": moment})
    return bool(connection.changes())


def rehash(connection: Connection, name: str, old: str, new: str) -> None:
    """Keep the same password under another hash."""
    connection.execute(query("rehash_account"), {"name": name, "old": old, "new": new})


def remove_account(connection: Connection, name: str) -> bool:
    """Remove an account with its sessions and tokens; false if there is none."""
    connection.execute(query("remove_account"), (name,))
    return bool(connection.changes())


def add_session(connection: Connection, name: str, hash_: str, span: tuple[str, str]) -> None:
    """Add a session of an account, from a moment to another."""
    connection.execute(query("add_session"), {"name": name, "hash": hash_, "moment": span[0], "ends": span[1]})


def load_session(connection: Connection, hash_: str, moment: str, idle_since: str) -> Seen | None:
    """Whose a session is; null if there is none, or it is over, or was not seen since."""
    values = {"hash": hash_, "moment": moment, "idle_since": idle_since}
    row = connection.execute(query("session"), values).fetchone()
    return None if row is None else Seen(_person(row[0], row[1], "session"), str(row[2]))


def see_session(connection: Connection, hash_: str, moment: str) -> None:
    """Note that a session was seen."""
    connection.execute(query("see_session"), {"hash": hash_, "moment": moment})


def remove_session(connection: Connection, hash_: str) -> bool:
    """End a session; false if there is none."""
    connection.execute(query("remove_session"), (hash_,))
    return bool(connection.changes())


def remove_sessions_of(connection: Connection, name: str) -> None:
    """End all sessions of an account."""
    connection.execute(query("remove_sessions_of"), (name,))


def remove_sessions_over(connection: Connection, moment: str, idle_since: str) -> None:
    """Remove what is left of sessions that are over."""
    connection.execute(query("remove_sessions_over"), {"moment": moment, "idle_since": idle_since})


def add_token(connection: Connection, token: Token, hash_: str) -> bool:
    """Add a token; false if there is no such account."""
    values = {
        "id": token.id, "hash": hash_, "name": token.account, "label": token.label, "scope": token.scope,
        "moment": token.made, "ends": token.ends,
    }  # fmt: skip
    connection.execute(query("add_token"), values)
    return bool(connection.changes())


def list_tokens(connection: Connection, name: str | None) -> tuple[Token, ...]:
    """The tokens of an account, or of all, newest first."""
    return tuple(_record(row, Token) for row in connection.execute(query("tokens"), {"name": name}))


def load_token(connection: Connection, hash_: str, moment: str) -> Seen | None:
    """Whose a token is; null if there is none, or it is over."""
    row = connection.execute(query("token"), {"hash": hash_, "moment": moment}).fetchone()
    if row is None:
        return None
    id_, name, role, scope, used = row
    return Seen(_person(name, role, "token"), None if used is None else str(used), str(id_), scope)


def use_token(connection: Connection, token: str, moment: str) -> None:
    """Note that a token was used."""
    connection.execute(query("use_token"), {"id": token, "moment": moment})


def remove_token(connection: Connection, token: str, name: str | None) -> str | None:
    """Remove a token, of an account or of whomever; whose it was, null if there is none."""
    owner = connection.execute(query("remove_token"), {"id": token, "name": name}).get
    return None if owner is None else str(owner)


def failures(connection: Connection, hash_: str) -> Failures:
    """How often logins failed under a name, or from an address."""
    row = connection.execute(query("login_failures"), (hash_,)).fetchone()
    return Failures(0, None) if row is None else Failures(int(str(row[0])), str(row[1]))


def add_failure(connection: Connection, hash_: str, moment: str) -> None:
    """Count a failed login."""
    values = {"hash": hash_, "moment": moment, "day_ago": after(moment, -DAY)}
    connection.execute(query("add_login_failure"), values)


def take_back_failure(connection: Connection, hash_: str) -> None:
    """Take back one failed login that was none after all."""
    connection.execute(query("take_back_login_failure"), (hash_,))


def forget_failures(connection: Connection, hash_: str) -> None:
    """Forget the failed logins under a name."""
    connection.execute(query("remove_login_failures"), (hash_,))


def forget_old_failures(connection: Connection, moment: str) -> None:
    """Forget failed logins that are older than a day."""
    connection.execute(query("remove_old_login_failures"), (after(moment, -DAY),))


def _person(name: object, role: object, means: str) -> Person:
    return msgspec.convert({"name": name, "role": role, "means": means}, Person)


def _record(row: tuple[Any, ...], kind: type[Kind]) -> Kind:
    return msgspec.convert(dict(zip(kind.__struct_fields__, row, strict=True)), kind)

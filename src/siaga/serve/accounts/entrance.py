"""Logging in and out. A wrong name and a wrong password are told in the same words and take the same time."""

from __future__ import annotations

from siaga.base.account import Deed
from siaga.base.person import Person
from siaga.base.record import Record
from siaga.serve.accounts.limits import Tried, forgiven, tried
from siaga.serve.accounts.secrets import digest, fits, hashed, is_outdated, new_secret
from siaga.serve.accounts.users import name_of
from siaga.store.accounts import (
    add_session,
    load_secret,
    rehash,
    remove_session,
    remove_sessions_of,
    remove_sessions_over,
)
from siaga.store.audit import add_deed, add_failed_login
from siaga.store.connection import Connection
from siaga.store.database import noting_in, transaction
from siaga.store.jobs import after
from siaga.store.workspace import Workspace

__all__ = [
    "IDLE_SECONDS",
    "MOST_SECONDS",
    "Credentials",
    "Refused",
    "Session",
    "log_in",
    "log_out",
    "log_out_everywhere",
]

IDLE_SECONDS = 8 * 3600.0
"""A session in which nothing was asked for so long is over: a working day's lunch, not a night."""
MOST_SECONDS = 7 * 86_400.0
"""And so is one that began so long ago."""


class Credentials(Record):
    """What somebody gives to come in."""

    name: str
    password: str
    address: str | None = None
    """From where they ask; null where it isn't known."""


class Session(Record):
    """A login. The id is a secret that only the browser holds."""

    id: str
    person: Person
    ends: str


class Refused(Record):
    """Somebody may not come in: name or password is not right or, if there are seconds to wait, it wasn't looked at."""

    wait: int = 0


def known(workspace: Workspace, given: Credentials, moment: str) -> Person | Refused:
    """Whoever gives the name and password of an account, who is not logged in by that; counted as `log_in` counts.

    Raises:
        StoreError: as `noting_in`.

    """
    with noting_in(workspace) as connection:
        return _let_in(connection, given, moment)


def log_in(workspace: Workspace, given: Credentials, moment: str) -> Session | Refused:
    """A session for whoever gives the name and password of an account.

    Args:
        workspace: whose accounts.
        given: name, password, address.
        moment: now; RFC 3339, UTC.

    Raises:
        StoreError: as `noting_in`.

    """
    with noting_in(workspace) as connection:
        person = _let_in(connection, given, moment)
        if isinstance(person, Refused):
            return person
        with transaction(connection):
            return _begun(connection, person, moment)


def log_out(workspace: Workspace, id_: str, person: Person, moment: str) -> None:
    """End a session; one that is over already stays so."""
    with noting_in(workspace) as connection, transaction(connection):
        if remove_session(connection, digest(id_)):
            add_deed(connection, person, Deed(name="logout"), moment)


def log_out_everywhere(workspace: Workspace, person: Person, moment: str) -> None:
    """End all sessions of somebody."""
    with noting_in(workspace) as connection, transaction(connection):
        remove_sessions_of(connection, person.name)
        add_deed(connection, person, Deed(name="logout", note="everywhere"), moment)


def _let_in(connection: Connection, given: Credentials, moment: str) -> Person | Refused:
    who = Tried(name_of(given.name), given.address)
    if wait := tried(connection, who, moment):
        return Refused(wait=wait)
    person = _known(connection, who.name, given.password)
    if person is None:
        _note_failure(connection, who, moment)
        return Refused()
    with transaction(connection):
        forgiven(connection, who)
    return person


def _known(connection: Connection, name: str, password: str) -> Person | None:
    """Who has this name and password; null if nobody has."""
    found = load_secret(connection, name)
    person, secret = found or (None, None)
    if not fits(secret, password):
        return None
    if secret is not None and is_outdated(secret):
        rehash(connection, name, secret, hashed(password))
    return person


def _begun(connection: Connection, person: Person, moment: str) -> Session:
    remove_sessions_over(connection, moment, after(moment, -IDLE_SECONDS))
    session = Session(id=new_secret(), person=person, ends=after(moment, MOST_SECONDS))
    add_session(connection, person.name, digest(session.id), (moment, session.ends))
    add_deed(connection, person, Deed(name="login"), moment)
    return session


def _note_failure(connection: Connection, who: Tried, moment: str) -> None:
    """Note a failed login; the name only if somebody has it: people type passwords where names are asked for."""
    known_name = who.name if load_secret(connection, who.name) is not None else None
    with transaction(connection):
        add_failed_login(connection, known_name, who.address, moment)

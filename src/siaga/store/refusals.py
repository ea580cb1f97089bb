"""What PostgreSQL says when it can't, in words that say what to do. A password in the URL is never among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from siaga.base.errors import BusyError, ConfigError, DamagedError, NotSavedError, SiagaError, StoreError
from siaga.store.workspace import Workspace

__all__ = ["at_server", "shown", "unreachable"]

WHOLE = "What was saved before is whole"
ADVICE: Mapping[str, tuple[type[StoreError], str]] = {
    "25006": (NotSavedError, "the server only reads: it is a replica. Name the one that writes in store.url"),
    "40": (BusyError, "another transaction came between. Try again"),
    "42501": (
        NotSavedError,
        "this user may not do that. Let who owns the database allow it: GRANT CREATE ON DATABASE NAME TO USER",
    ),
    "42704": (StoreError, "expected PostgreSQL 14 or later with ICU, as distributions build it"),
    "53": (NotSavedError, f"the server has run out of something. {WHOLE}; run the same command again"),
    "53100": (NotSavedError, f"the server's disk is full. {WHOLE}; make room there and run the same command again"),
    "53300": (BusyError, "the server has no connection left. Try again later, or raise its max_connections"),
    "55P03": (BusyError, "another transaction lasts longer than store.wait. Try again when it is done"),
    "57": (NotSavedError, f"the server was stopped. {WHOLE}; run the same command again when it is up"),
    "57P03": (StoreError, "the server is starting or stopping. Try again in a while"),
    "58": (NotSavedError, f"the server can't read or write its files. {WHOLE}; see its log"),
    "XX": (DamagedError, "the server found its files damaged. See its log; this is what backups are for"),
}
"""What to do by the code of an error (https://www.postgresql.org/docs/current/errcodes-appendix.html), or its class."""


@contextmanager
def at_server(workspace: Workspace) -> Iterator[None]:
    """What the server says within, as errors of ours; errors in our own questions stay as they are."""
    try:
        yield
    except psycopg.Error as error:
        raise _told(error, workspace) or error from error


def shown(url: str) -> str:
    """A URL of a database without its password, fit to be shown.

    >>> shown("postgresql://ani:secret@db.example/watch?sslmode=require")
    'host=db.example dbname=watch user=ani'
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        return "store.url"
    return " ".join(f"{name}={parts[name]}" for name in ("host", "port", "dbname", "user") if parts.get(name))


def unreachable(error: psycopg.Error, workspace: Workspace) -> SiagaError:
    """Why no session began. What is wrong with a URL is not repeated: the driver quotes it, password and all."""
    if isinstance(error, psycopg.ProgrammingError):
        return ConfigError("store.url is no address of a database; expected postgresql://USER@HOST/DATABASE")
    return NotSavedError(
        f"{shown(workspace.config.store.url)}: the server can't be reached or lets us not in: {_line(error)}. See that "
        "PostgreSQL runs there, that the database exists (createdb -E UTF8 -T template0 NAME) and that this user may "
        "enter it; its password stands in SIAGA_SECRET_POSTGRESQL, secrets/postgresql or ~/.pgpass"
    )


def _told(error: psycopg.Error, workspace: Workspace) -> StoreError | None:
    place, state = shown(workspace.config.store.url), error.sqlstate
    if state is None and isinstance(error, psycopg.OperationalError):
        return NotSavedError(
            f"{place}: the server was lost: {_line(error)}. What was saved before is whole; run the same command again "
            "when it is up"
        )
    found = ADVICE.get(state or "") or ADVICE.get((state or "")[:2])
    if found is None:
        return None
    kind, advice = found
    return kind(f"{place}: {error.diag.message_primary or _line(error)}: {advice}")


def _line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())

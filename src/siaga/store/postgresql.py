"""Records in PostgreSQL: a connection with the manners of SQLite's, for one writer and any number of readers.

What apsw does is done here likewise: values are put into the text of a question by the driver, since SQLite's have no
types of their own; transactions that write come one after another, so that what was looked up in one still holds when
it is saved. The right to write is a lock of the session that writes: the server gives it back when that process or its
machine dies, and who lost the session can't save anything any more.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Any, Self

import apsw
import psycopg
from psycopg.adapt import Loader
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from siaga import __version__
from siaga.base.errors import BusyError, NewerStoreError, StoreError
from siaga.store.connection import Bindings
from siaga.store.refusals import at_server, unreachable
from siaga.store.secrets import secret
from siaga.store.sql import migrations_of_postgresql, query, to_postgresql
from siaga.store.workspace import Workspace

__all__ = ["Served", "at_server", "noting_in", "reading_from", "writing_to"]

LEAST_SERVER = 140_000
"""PostgreSQL 14: the oldest that is still mended (November 2026)."""
POLL_SECONDS = 0.05
KEEPALIVE = {"connect_timeout": "30", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
"""Seconds and tries after which a server that says nothing is taken for dead; it does likewise with us."""
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ"


class Served:
    """A connection to PostgreSQL. Outside of a transaction each statement is one by itself."""

    def __init__(self, session: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.session = session
        self._changed = 0
        self._parts: list[str] = []

    def execute(self, statements: str, bindings: Bindings | None = None, /) -> Taken:
        """Run a statement, with values for its `?` or `:name`."""
        with _in_words_of_apsw():
            cursor = self.session.execute(to_postgresql(statements), _values(bindings))
        if statements == "COMMIT" and cursor.statusmessage == "ROLLBACK":
            raise StoreError("the server rolled back what was to be saved; run the same command again")
        self._changed = max(cursor.rowcount, 0)
        return Taken(cursor)

    def executemany(self, statements: str, sequenceofbindings: Iterable[Bindings], /) -> Taken:
        """Run a statement for each of the values: it is parsed once, and the answers are awaited together."""
        with _in_words_of_apsw(), psycopg.Cursor(self.session) as cursor:
            cursor.executemany(to_postgresql(statements), map(_values, sequenceofbindings))
            self._changed = max(cursor.rowcount, 0)
        return Taken(None)

    def changes(self) -> int:
        """How many rows the last statement added, changed or removed."""
        return self._changed

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self.session.info.transaction_status not in {TransactionStatus.IDLE, TransactionStatus.UNKNOWN}

    def close(self) -> None:
        """End it; what was not saved is not."""
        self.session.close()

    def __enter__(self) -> Self:
        """Begin a transaction that sees one moment or, within one, a part that can fail by itself."""
        self._parts.append(f"part_{len(self._parts)}" if self.in_transaction else "")
        self.execute(f"SAVEPOINT {self._parts[-1]}" if self._parts[-1] else SNAPSHOT)
        return self

    def __exit__(
        self, etype: type[BaseException] | None, evalue: BaseException | None, etraceback: TracebackType | None, /
    ) -> None:
        """Save it, or nothing of it if it failed."""
        part = self._parts.pop()
        if self.session.closed:
            return
        if part and evalue is not None:
            self.execute(f"ROLLBACK TO SAVEPOINT {part}")
        if part:
            self.execute(f"RELEASE SAVEPOINT {part}")
        else:
            self.execute("COMMIT" if evalue is None else "ROLLBACK")


class Taken:
    """What came of a statement."""

    def __init__(self, cursor: psycopg.Cursor[tuple[Any, ...]] | None) -> None:
        self._cursor = cursor if cursor is not None and cursor.description is not None else None

    def __iter__(self) -> Iterator[Any]:
        """The rows that were not taken yet."""
        return iter(()) if self._cursor is None else iter(self._cursor)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The same as a list."""
        return [] if self._cursor is None else self._cursor.fetchall()

    def fetchone(self) -> Any:  # noqa: ANN401 - as of apsw
        """The next row; null if there is none."""
        return None if self._cursor is None else self._cursor.fetchone()

    @property
    def get(self) -> Any:  # noqa: ANN401 - as of apsw
        """The first row, or its value if it has one column; null if there is none."""
        row = self.fetchone()
        return row[0] if row is not None and len(row) == 1 else row


class _Number(Loader):
    """A `numeric`: sums of whole numbers are whole, as in SQLite."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401 - bytes of whatever kind
        """An int or, with a fraction, a float."""
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


@contextmanager
def writing_to(workspace: Workspace) -> Iterator[Served]:
    """The records for the one process that writes, wherever it runs, up to date; made if they aren't there."""
    with _opened(workspace) as connection:
        _take_lease(connection, workspace)
        _migrate(connection)
        yield connection


@contextmanager
def noting_in(workspace: Workspace) -> Iterator[Served]:
    """The records for short transactions beside the one writer."""
    with _opened(workspace) as connection:
        _require_current(connection, workspace)
        yield connection


@contextmanager
def reading_from(workspace: Workspace) -> Iterator[Served]:
    """The records for one of many readers; nothing is written."""
    with _opened(workspace) as connection:
        _require_current(connection, workspace)
        connection.execute("SET default_transaction_read_only = on")
        yield connection


@contextmanager
def _opened(workspace: Workspace) -> Iterator[Served]:
    with at_server(workspace), closing(Served(_session(workspace))) as connection:
        _check_server(connection)
        connection.execute(query("session_settings"), _own_settings(workspace))
        yield connection


def _own_settings(workspace: Workspace) -> dict[str, str]:
    return {
        "name": f"siaga {socket.gethostname()}:{os.getpid()}"[:63],
        "wait": f"{max(1, int(1000 * workspace.config.store.wait))}ms",
    }


def _session(workspace: Workspace) -> psycopg.Connection[tuple[Any, ...]]:
    """A session of the server; the password of the URL stays between the driver and it."""
    password = secret(workspace, "postgresql", os.environ)
    more = KEEPALIVE | ({"password": password} if password else {})
    try:
        session = psycopg.connect(
            make_conninfo(workspace.config.store.url, **more), autocommit=True, cursor_factory=psycopg.ClientCursor
        )
    except psycopg.Error as error:
        raise unreachable(error, workspace) from None  # the driver may quote the password
    session.adapters.register_loader("numeric", _Number)
    return session


def _check_server(connection: Served) -> None:
    info = connection.session.info
    if info.server_version < LEAST_SERVER:
        raise StoreError(
            f"PostgreSQL {info.server_version // 10_000} is too old; expected {LEAST_SERVER // 10_000} or later"
        )
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"the database {info.dbname} holds {encoding}; expected UTF8. Make another: createdb -E UTF8 -T template0 "
            "NAME"
        )


def _take_lease(connection: Served, workspace: Workspace) -> None:
    """Become the one writer; the server takes the lease back when this session ends, however it does."""
    until = time.monotonic() + workspace.config.store.wait
    while not connection.execute(query("take_lease")).get:
        if time.monotonic() >= until:
            holder = connection.execute(query("lease_holder")).get or "another process"
            raise BusyError(
                f"{holder} is writing to these records, and one writes at a time. Wait for it to end, or for longer "
                f"than {workspace.config.store.wait:g} s: SIAGA_STORE_WAIT=600"
            )
        time.sleep(POLL_SECONDS)


def _version(connection: Served) -> int:
    """The number of the last migration; 0 where there are no records."""
    if connection.execute("SELECT to_regclass('siaga.migration')").get is None:
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").get)


def _require_current(connection: Served, workspace: Workspace) -> None:
    version = _known_version(connection)
    if version == 0:
        raise StoreError(f"the database has no records of Siaga. Make them with: siaga init {workspace.folder}")
    if version < max(migrations_of_postgresql()):
        raise StoreError("the records are of an earlier version. Bring them up to date with: siaga init")


def _known_version(connection: Served) -> int:
    """The number of the last migration, which is one that we know."""
    version, latest = _version(connection), max(migrations_of_postgresql())
    if version > latest:
        program = connection.execute("SELECT program FROM migration ORDER BY number DESC LIMIT 1").get
        raise NewerStoreError(
            f"the records were made by siaga {program} (schema {version}); this is siaga {__version__}, which knows "
            f"schemas up to {latest}. Install that version or a later one; nothing was changed"
        )
    return version


def _migrate(connection: Served) -> None:
    """Bring the records up to date, each step in a transaction of its own."""
    from siaga.store.database import now, transaction  # noqa: PLC0415 - it imports this where records are at a server

    version = _known_version(connection)
    for number, script in migrations_of_postgresql().items():
        if number <= version:
            continue
        with transaction(connection):
            connection.session.execute("CREATE SCHEMA IF NOT EXISTS siaga")
            connection.session.execute(script.encode())
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, __version__, now()))


@contextmanager
def _in_words_of_apsw() -> Iterator[None]:
    """What may not be saved, as the same error that SQLite's driver raises."""
    try:
        yield
    except psycopg.IntegrityError as error:
        raise apsw.ConstraintError(error.diag.message_primary or str(error)) from error


def _values(bindings: Bindings | None) -> Any:  # noqa: ANN401 - whatever a driver takes
    """Values as SQLite would keep them: 0 and 1 for no and yes. PostgreSQL's text has no NUL; U+FFFD stands for it."""
    if not bindings:
        return ()
    if isinstance(bindings, Mapping):
        return {name: _value(value) for name, value in bindings.items()}
    return tuple(map(_value, bindings))


def _value(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value

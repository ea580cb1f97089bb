"""The database of a workspace: opened by one writer or any number of readers, and brought up to date by migrations.

SQLite in WAL mode with `synchronous=FULL`: what a transaction saved survives a crash of the program and of the
machine. Builds of SQLite up to 3.51.2 could corrupt a database when the log was reset under two connections
(https://sqlite.org/wal.html#walresetbug); they are refused.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from urllib.parse import quote

import apsw

from siaga import __version__
from siaga.base.errors import BusyError, DamagedError, NewerStoreError, NotSavedError, StoreError
from siaga.base.failpoint import failpoint
from siaga.store.connection import Connection
from siaga.store.sql import migrations, query
from siaga.store.workspace import Workspace

__all__ = ["noting_in", "now", "reading_from", "told", "transaction", "writing_to"]

LEAST_SQLITE = 3_051_003
"""The first SQLite in which resetting the log under two connections is safe."""
APPLICATION_ID = 0x53494147
"""`SIAG`, in the header of the file."""
POLL_SECONDS = 0.05


@contextmanager
def writing_to(workspace: Workspace, vfs: str | None = None) -> Iterator[Connection]:
    """The database for the one process that writes, up to date; made if it isn't there.

    Args:
        workspace: whose database.
        vfs: name of the file system layer, for tests of faults.

    Raises:
        BusyError: another process is writing, and goes on for longer than `store.wait`.
        NotSavedError: the disk is full or may not be written to.
        NewerStoreError: a later Siaga made it.
        DamagedError: it is no database of ours.

    """
    with _served(workspace).writing_to(workspace) if workspace.is_served else _writing(workspace, vfs) as connection:
        yield connection


@contextmanager
def noting_in(workspace: Workspace) -> Iterator[Connection]:
    """The database for short transactions beside the one writer, in tables that no run of it touches.

    A run may last for days (`siaga watch`); who logs in meanwhile doesn't wait for its end, only for the transaction
    that is under way.

    Raises:
        BusyError: a transaction of the writer lasts for longer than `store.wait`.
        StoreError: as `writing_to`; or there is no database, or not of this version.

    """
    with _served(workspace).noting_in(workspace) if workspace.is_served else _noting(workspace) as connection:
        yield connection


@contextmanager
def reading_from(workspace: Workspace) -> Iterator[Connection]:
    """The database for one of many readers; nothing is written.

    Raises:
        StoreError: there is none, or it is not of this version.

    """
    with _served(workspace).reading_from(workspace) if workspace.is_served else _reading(workspace) as connection:
        yield connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All that is done within is saved at its end, or none of it; one that writes waits for the end of another."""
    connection.execute(query("begin"))
    try:
        yield
        failpoint("commit.before")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors, a full disk among them, have rolled back already
            connection.execute("ROLLBACK")
        raise
    failpoint("commit.after")


@contextmanager
def told(workspace: Workspace) -> Iterator[None]:
    """What SQLite says of the disk and the file, or the server, in words that say what to do."""
    if workspace.is_served:
        with _served(workspace).at_server(workspace):
            yield
        return
    path = workspace.database
    try:
        yield
    except (apsw.FullError, apsw.IOError) as error:
        raise NotSavedError(
            f"{path}: the disk is full or can't be written: {error}. What was saved before is whole; make room and run "
            "the same command again"
        ) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise NotSavedError(
            f"{path}: can't be written or opened: {error}. Is the folder or the disk read-only?"
        ) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise DamagedError(
            f"{path} is damaged: {error}. Copy the whole folder before anything else; then take a backup, or save "
            'what can be read from the copy: sqlite3 siaga.db ".recover"'
        ) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise BusyError(f"{path}: another program holds the database: {error}. Try again when it is done") from error


def now() -> str:
    """The moment as it is saved: RFC 3339, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _served(workspace: Workspace) -> ModuleType:
    """What opens records that are at a server; it needs a driver that not everybody has installed."""
    try:
        return import_module("siaga.store.postgresql")
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{workspace.folder}: its records are at a server (store.url), for which {error.name} is needed. Install "
            "it: pip install 'siaga[postgresql]'"
        ) from error


@contextmanager
def _writing(workspace: Workspace, vfs: str | None) -> Iterator[apsw.Connection]:
    with told(workspace), _only_writer(workspace), closing(_opened_to_write(workspace, vfs)) as connection:
        _migrate(connection)
        yield connection


@contextmanager
def _noting(workspace: Workspace) -> Iterator[apsw.Connection]:
    _require_made(workspace)
    with told(workspace), closing(_opened_to_write(workspace, None)) as connection:
        _require_current(connection, workspace)
        yield connection


@contextmanager
def _reading(workspace: Workspace) -> Iterator[apsw.Connection]:
    _require_made(workspace)
    with told(workspace), closing(_opened_to_read(workspace)) as connection:
        _check_made_by(connection, workspace)
        _require_current(connection, workspace)
        yield connection


def _require_made(workspace: Workspace) -> None:
    if not workspace.database.is_file():
        raise StoreError(f"{workspace.database}: no such file. Make it with: siaga init {workspace.folder}")


def _require_current(connection: apsw.Connection, workspace: Workspace) -> None:
    if _version(connection) < len(migrations()):
        raise StoreError(f"{workspace.database} is of an earlier version. Bring it up to date with: siaga init")


@contextmanager
def _only_writer(workspace: Workspace) -> Iterator[None]:
    """The right to write, held until the end; the system takes it back from a process that is killed."""
    try:
        lock = os.open(workspace.lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise NotSavedError(
            f"{workspace.folder}: can't be written: {error.strerror}. Is the disk read-only?"
        ) from error
    try:
        _take(lock, workspace)
        os.truncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(lock)


def _take(lock: int, workspace: Workspace) -> None:
    wait = workspace.config.store.wait
    until = time.monotonic() + wait
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise BusyError(
                    f"{workspace.folder}: process {os.pread(lock, 20, 0).decode() or '?'} is writing here, and one "
                    f"writes at a time. Wait for it to end, or for longer than {wait:g} s: SIAGA_STORE_WAIT=600"
                ) from None
            time.sleep(POLL_SECONDS)


def _opened_to_write(workspace: Workspace, vfs: str | None) -> apsw.Connection:
    _check_sqlite()
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    connection = apsw.Connection(str(workspace.database), flags, vfs)
    connection.set_busy_timeout(_milliseconds(workspace))
    connection.execute(query("writer"))
    _check_made_by(connection, workspace)
    connection.pragma("journal_mode", "wal")
    return connection


def _opened_to_read(workspace: Workspace) -> apsw.Connection:
    """A connection that can only read.

    Readers share an index of the log in a file beside it. Where that can't be made, since the folder is read-only or
    the disk full, and there is no log, the database is read as a file that nobody changes.
    """
    _check_sqlite()
    if _may_be_changing(workspace):
        return _reader(workspace, "")
    try:
        return _reader(workspace, "")
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError):
        return _reader(workspace, "?immutable=1")


def _reader(workspace: Workspace, how: str) -> apsw.Connection:
    address = f"file:{quote(str(workspace.database.absolute()))}{how}"
    connection = apsw.Connection(address, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(_milliseconds(workspace))
    connection.execute("PRAGMA trusted_schema = OFF; SELECT count(*) FROM sqlite_schema")
    return connection


def _may_be_changing(workspace: Workspace) -> bool:
    """Whether there is something in the log: it is not in the database yet."""
    log = workspace.database.with_name(f"{workspace.database.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _milliseconds(workspace: Workspace) -> int:
    return max(1000, int(1000 * workspace.config.store.wait))


def _check_sqlite() -> None:
    if apsw.SQLITE_VERSION_NUMBER < LEAST_SQLITE:
        raise StoreError(
            f"SQLite {apsw.sqlite_lib_version()} can corrupt a database in WAL mode; expected 3.51.3 or later. "
            "Install apsw anew: pip install --upgrade apsw"
        )


def _version(connection: apsw.Connection) -> int:
    return int(str(connection.pragma("user_version")))


def _check_made_by(connection: apsw.Connection, workspace: Workspace) -> None:
    """Make sure that the file is ours and of a version we know, before anything in it is touched."""
    version, application = _version(connection), connection.pragma("application_id")
    if application not in {APPLICATION_ID, 0} or (version and application == 0):
        raise DamagedError(f"{workspace.database} is a database of another program; expected one made by siaga init")
    if version > len(migrations()):
        raise NewerStoreError(
            f"{workspace.database} was made by siaga {_maker(connection)} (schema {version}); this is siaga "
            f"{__version__}, which knows schemas up to {len(migrations())}. Install that version or a later one; "
            "nothing was changed"
        )


def _maker(connection: apsw.Connection) -> str:
    """The version that brought the store where it is; every schema keeps this table."""
    try:
        [(program,)] = connection.execute("SELECT program FROM migration ORDER BY number DESC LIMIT 1")
    except (apsw.SQLError, ValueError):
        return "of a later version"
    return str(program)


def _migrate(connection: apsw.Connection) -> None:
    """Bring the database up to date, each step in a transaction of its own."""
    for number, script in enumerate(migrations()[_version(connection) :], _version(connection) + 1):
        with transaction(connection):
            connection.execute(script)
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, __version__, now()))
            connection.execute(f"PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID}")

"""Backups: a workspace as one file, taken while somebody writes, and laid out again where it is whole.

A backup is a `.tar.gz`: first `manifest.json`, with size and SHA-256 of every file, then the files. The database is
copied as of one moment through SQLite's own means; what it names (segments, imports) never changes under its name. Left
out are locks, the cache, what is unfinished, and secrets/, which must not travel with the rest.
"""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Literal, cast

import apsw
import msgspec

from siaga import __version__
from siaga.base.errors import BusyError, DamagedError, NewerStoreError, NotSavedError, StoreError, WorkspaceError
from siaga.base.failpoint import failpoint
from siaga.base.record import Record
from siaga.store.database import reading_from, told
from siaga.store.files import sole, sync
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace

__all__ = ["Held", "Manifest", "back_up", "restore", "verify"]

MANIFEST = "manifest.json"
DATABASE = "siaga.db"
LEFT_OUT = frozenset({"cache", "secrets", "siaga.lock", "siaga.sending", "siaga.daily", "siaga.db", "siaga.db-wal",
                      "siaga.db-shm"})  # fmt: skip
MOST_TRIES = 3
"""Times that files are looked through again because one changed or went while it was copied."""
MOST_MANIFEST = 64_000_000
"""Bytes; 200 a file."""
CHUNK = 1 << 20
QUICK = 1
"""Level of gzip: Parquet and web archives are packed already."""


class Held(Record):
    """A file of a backup."""

    path: str
    """From the folder of the workspace, with `/`."""
    bytes: int
    sha256: str


class Manifest(Record):
    """What a backup holds."""

    kind: Literal["siaga backup"]
    version: Literal[1]
    siaga: str
    """Version that made it."""
    schema: int
    """Of the database."""
    moment: str
    files: tuple[Held, ...]

    @property
    def bytes(self) -> int:
        """Of all files, unpacked."""
        return sum(one.bytes for one in self.files)


class _ChangedError(Exception):
    """A file is not what it was when it was looked at."""


def back_up(workspace: Workspace, target: Path, moment: str) -> Manifest:
    """Write a backup of all that was saved by now, whole or not at all; others may write and read meanwhile.

    Raises:
        NotSavedError: the disk is full or may not be written to.
        BusyError: files change faster than they can be copied.
        StoreError: as `reading_from`; or the records lie at a server, which has its own way.

    """
    if workspace.is_served:
        raise StoreError(
            f"{workspace.folder}: its records lie at a PostgreSQL server. Save them with pg_dump, and copy the folder"
        )
    aside = target.with_name(f".{target.name}.unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".siaga-backup-") as room:
            manifest = _packed(workspace, aside, Path(room), moment)
        failpoint("backup.written")
        sync(aside)
        aside.replace(target)
        failpoint("backup.renamed")
        sync(target.parent)
    except OSError as error:
        raise NotSavedError(f"{target}: can't be written: {error.strerror}. Is the disk full or read-only?") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return manifest


def verify(file: Path) -> Manifest:
    """What a backup holds, if every byte of it is what was written.

    Raises:
        DamagedError: it is no backup, or not whole.

    """
    with _opened(file) as (manifest, members):
        for held, body in members:
            _require(held, _digest(body), file)
    return manifest


def restore(file: Path, folder: Path, moment: str, *, replace: bool) -> tuple[Manifest, Path | None]:
    """Lay out a backup as a workspace; what it holds, and where what stood there before lies now.

    Args:
        file: the backup.
        folder: becomes the workspace; not there or empty, unless what is there may be moved aside.
        moment: now.
        replace: move aside what is there.

    Raises:
        WorkspaceError: there is something already, and nobody said that it may be moved aside.
        DamagedError: it is no backup, or not whole; nothing was changed.
        NewerStoreError: a later Siaga made it.
        NotSavedError: the disk is full or may not be written to.
        BusyError: somebody is writing there.

    """
    folder = folder.absolute()
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken and not replace:
        raise WorkspaceError(f"{folder} is not empty; name another folder, or say --replace to move it aside")
    room = folder.with_name(f".{folder.name}.restoring")
    try:
        shutil.rmtree(room, ignore_errors=True)  # left by a restore that was cut short
        manifest = _laid_out(file, room)
        failpoint("restore.laid_out")
        with _left_alone(folder, taken=taken):
            before = _moved_aside(folder, moment) if taken else None
            room.replace(folder)
        failpoint("restore.placed")
        sync(folder.parent)
    except OSError as error:
        raise NotSavedError(f"{folder}: can't be written: {error.strerror}. Nothing was lost") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return manifest, before


def _packed(workspace: Workspace, aside: Path, room: Path, moment: str) -> Manifest:
    for _ in range(MOST_TRIES):
        schema = _copy_database(workspace, room / DATABASE)
        with suppress(_ChangedError):
            found = _found(workspace, room)
            manifest = Manifest(
                kind="siaga backup", version=1, siaga=__version__, schema=schema, moment=moment,
                files=tuple(held for held, _ in found),
            )  # fmt: skip
            _write(aside, manifest, found)
            return manifest
    raise BusyError(f"{workspace.folder}: files changed while they were copied, {MOST_TRIES} times. Try again later")


def _copy_database(workspace: Workspace, copy: Path) -> int:
    """Copy the database as it is at one moment; the version of its schema."""
    copy.unlink(missing_ok=True)
    with reading_from(workspace) as connection, closing(apsw.Connection(str(copy))) as made:
        with made.backup("main", cast("apsw.Connection", connection), "main") as copying:
            copying.step(-1)
        made.pragma("journal_mode", "delete")  # one file, without a log beside it
        return int(str(made.pragma("user_version")))


def _found(workspace: Workspace, room: Path) -> list[tuple[Held, Path]]:
    """Each file that belongs into the backup, and where it lies.

    Raises:
        _ChangedError: a segment or import of the database is not there any more.

    """
    with closing(apsw.Connection(str(room / DATABASE), apsw.SQLITE_OPEN_READONLY)) as copied:
        segments = [f"segments/{name}" for (name,) in copied.execute("SELECT name FROM segment")]
        imports = [f"imports/{name}" for (name,) in copied.execute('SELECT file FROM "import"')]
    if missing := [name for name in (*segments, *imports) if not (workspace.folder / name).is_file()]:
        if not (workspace.folder / missing[0]).parent.is_dir() or _is_named(workspace, missing[0]):
            raise DamagedError(f"{workspace.folder / missing[0]} is missing; see: siaga seal --check")
        raise _ChangedError
    named = {*segments, *imports}
    beside = (path for path in _beside(workspace.folder) if path.split("/")[0] not in {"segments", "imports"})
    paths = [(DATABASE, room / DATABASE), *((path, workspace.folder / path) for path in sorted({*beside, *named}))]
    return [(held, lies) for path, lies in paths if (held := _held(path, lies))]


def _is_named(workspace: Workspace, path: str) -> bool:
    """Whether the database names this file by now: then it is missing, not replaced."""
    name = path.split("/")[1]
    with reading_from(workspace) as connection:
        rows = connection.execute('SELECT name FROM segment UNION SELECT file FROM "import"')
        return name in {str(row[0]) for row in rows}


def _beside(folder: Path) -> Iterator[str]:
    """Regular files of a workspace, hidden and unfinished ones left out; links are not followed."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if parts[0] in LEFT_OUT or any(part.startswith(".") for part in parts) or path.suffix == ".unfinished":
            continue
        with suppress(FileNotFoundError):
            if stat.S_ISREG(path.lstat().st_mode) and not _is_backup(path):
                yield PurePosixPath(*parts).as_posix()


def _is_backup(path: Path) -> bool:
    """Whether it is a backup itself: one that lies in its workspace must not grow by those before it."""
    if not path.name.endswith(".tar.gz"):
        return False
    try:
        with gzip.open(path) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            first = tar.next()
            return first is not None and first.name == MANIFEST
    except (OSError, EOFError, tarfile.TarError):
        return False


def _held(path: str, lies: Path) -> Held | None:
    """What the manifest says of a file; null if it went meanwhile."""
    try:
        with lies.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return Held(path=path, bytes=size, sha256=_digest(_Part(file, size)))
    except FileNotFoundError:
        return None


def _write(aside: Path, manifest: Manifest, found: list[tuple[Held, Path]]) -> None:
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # texts and hashes of passwords
    with (
        os.fdopen(handle, "wb") as raw,
        gzip.GzipFile("", "wb", QUICK, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        body = manifest.to_json()
        tar.addfile(_member(MANIFEST, len(body)), BytesIO(body))
        for held, lies in found:
            _add(tar, held, lies)


def _add(tar: tarfile.TarFile, held: Held, lies: Path) -> None:
    """Put a file into the archive, as long as it was; what grows since then is of the next backup."""
    try:
        with lies.open("rb") as file:
            part = _Part(file, held.bytes)
            tar.addfile(_member(held.path, held.bytes), part)
    except OSError as error:
        if isinstance(error, FileNotFoundError) or "unexpected end" in str(error):
            raise _ChangedError from error
        raise
    if part.digest.hexdigest() != held.sha256:
        raise _ChangedError


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Part:
    """The beginning of a file, as long as it is said to be, and the digest of what was read of it."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.digest, self._file, self._left = sha256(), file, size

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, so many at the most."""
        wanted = self._left if size < 0 else min(size, self._left)
        got = self._file.read(wanted)
        self._left -= len(got)
        self.digest.update(got)
        return got


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Manifest, Iterator[tuple[Held, IO[bytes]]]]]:
    """The manifest of a backup, and each of its files in order.

    Raises:
        DamagedError: it is no backup, or another file is in it than its manifest says.

    """
    try:
        with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            manifest = _manifest(tar, file)
            yield manifest, _members(tar, manifest, file)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise DamagedError(f"{file} is no whole backup: {error}; expected one made by siaga backup") from error
    except OSError as error:
        if error.filename == str(file):
            raise DamagedError(f"{file}: can't be read: {error.strerror}") from error
        raise


def _manifest(tar: tarfile.TarFile, file: Path) -> Manifest:
    first = tar.next()
    body = tar.extractfile(first) if first is not None and first.isreg() and first.name == MANIFEST else None
    if first is None or body is None or first.size > MOST_MANIFEST:
        raise DamagedError(f"{file} is no backup: expected {MANIFEST} at its beginning")
    try:
        manifest = Manifest.from_json(body.read())
    except (msgspec.DecodeError, RecursionError) as error:
        raise DamagedError(f"{file}: its {MANIFEST} can't be read: {error}") from error
    for held in manifest.files:
        _require_inside(held.path, file)
    if manifest.schema > len(migrations()):
        raise NewerStoreError(
            f"{file} was made by siaga {manifest.siaga} (schema {manifest.schema}); this is siaga {__version__}, which "
            f"knows schemas up to {len(migrations())}. Install that version or a later one"
        )
    return manifest


def _require_inside(path: str, file: Path) -> None:
    """Make sure that a name leads to a file below the folder of the workspace, and to none that we left out."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in parts) or _is_left_out(parts):
        raise DamagedError(f"{file} names {path!r}, which is no file of a workspace; nothing was written")


def _is_left_out(parts: list[str]) -> bool:
    return (parts[0] in LEFT_OUT and parts != [DATABASE]) or any(part.startswith(".") for part in parts)


def _members(tar: tarfile.TarFile, manifest: Manifest, file: Path) -> Iterator[tuple[Held, IO[bytes]]]:
    """Each file of the manifest; nothing else may be in the archive, and no link, device or folder."""
    for held in manifest.files:
        member = tar.next()
        body = tar.extractfile(member) if member is not None and member.isreg() else None
        if member is None or body is None or (member.name, member.size) != (held.path, held.bytes):
            met = "its end" if member is None else f"{member.name!r}, {member.size} bytes"
            raise DamagedError(f"{file}: expected {held.path}, {held.bytes} bytes; met {met}")
        yield held, body
    if extra := tar.next():
        raise DamagedError(f"{file}: expected its end; met {extra.name!r}, which its {MANIFEST} does not name")


def _laid_out(file: Path, room: Path) -> Manifest:
    """All files of a backup in a folder of their own, each checked, and the database too."""
    with _opened(file) as (manifest, members):
        free = shutil.disk_usage(room.parent).free
        if manifest.bytes > free:
            raise NotSavedError(f"{room.parent}: {manifest.bytes} bytes are needed, {free} are free")
        room.mkdir(parents=True)
        for held, body in members:
            path = room / held.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as made:
                _require(held, _digest(body, made), file)
                made.flush()
                os.fsync(made.fileno())
    _check_database(room)
    return manifest


def _digest(body: IO[bytes] | _Part, copy: IO[bytes] | None = None) -> str:
    digest = sha256()
    while chunk := body.read(CHUNK):
        digest.update(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest()


def _require(held: Held, digest: str, file: Path) -> None:
    if digest != held.sha256:
        raise DamagedError(f"{file}: {held.path} is not what was written; take another backup")


def _check_database(room: Path) -> None:
    place = Workspace(folder=room)
    if not (room / "siaga.toml").is_file() or not place.database.is_file():
        raise DamagedError(f"expected siaga.toml and {DATABASE} in the backup")
    with told(place), closing(apsw.Connection(str(place.database), apsw.SQLITE_OPEN_READONLY)) as connection:
        if (found := str(connection.pragma("quick_check"))) != "ok":
            raise DamagedError(f"{DATABASE} of the backup is damaged: {found}")


@contextmanager
def _left_alone(folder: Path, *, taken: bool) -> Iterator[None]:
    """Nobody writes to what is moved aside."""
    if not taken or not folder.is_dir():
        yield
        return
    with sole(folder / "siaga.lock", f"{folder}: another process is writing here. End it first"):
        yield


def _moved_aside(folder: Path, moment: str) -> Path:
    stamp = "".join(sign for sign in moment if sign.isalnum())
    before = folder.with_name(f"{folder.name}.before-{stamp}")
    folder.rename(before)
    return before

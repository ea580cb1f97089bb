"""Files beside the database: written whole or not at all, told apart by their bytes, held by one process at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path

from siaga.base.errors import BusyError, NotSavedError
from siaga.base.failpoint import failpoint

__all__ = ["digest_of", "put_whole", "remove", "sole", "sync"]


def put_whole(path: Path, body: bytes) -> None:
    """Write a file aside and put it in place, with its folder, when it is whole.

    Raises:
        NotSavedError: the folder may not be written to, or the disk is full; what stood there still stands.

    """
    aside = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(body)
        failpoint("file.written")
        sync(aside)
        failpoint("file.synced")
        aside.replace(path)
        failpoint("file.renamed")
        sync(path.parent)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise NotSavedError(f"{path}: can't be written: {error.strerror}. Is the disk full or read-only?") from error


def remove(path: Path) -> None:
    """Remove a file.

    Raises:
        NotSavedError: the folder may not be written to.

    """
    try:
        path.unlink()
    except OSError as error:
        raise NotSavedError(f"{path}: can't be removed: {error.strerror}") from error


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def sole(path: Path, busy: str) -> Iterator[None]:
    """The right that a file stands for, for one process; the system takes it back from one that is killed.

    Args:
        path: the file, which stays.
        busy: what is said to those who come while another has it.

    Raises:
        BusyError: another process has it.

    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(busy) from None
        yield
    finally:
        os.close(lock)

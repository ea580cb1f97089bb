"""A file system that fails: a layer of apsw over the real one in which a write, and all after it, meet a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw

__all__ = ["full_disk"]


class Disk:
    """Counts writes and fails from one on."""

    def __init__(self, first_to_fail: int) -> None:
        self.first_to_fail = first_to_fail
        self.writes = 0
        self.failed = 0

    def write(self) -> None:
        self.writes += 1
        if self.writes >= self.first_to_fail:
            self.failed += 1
            raise apsw.FullError("no space left")


class File(apsw.VFSFile):
    """A file on that disk."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.write()
        super().xWrite(data, offset)


class Layer(apsw.VFS):
    """The file system by its name."""

    def __init__(self, disk: Disk, name: str) -> None:
        super().__init__(name, "")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> File:  # noqa: N802 - SQLite's name
        return File(self._disk, name, flags)


@contextmanager
def full_disk(first_to_fail: int) -> Iterator[tuple[Disk, str]]:
    """A disk that is full from a write on, and the name of its file system."""
    disk = Disk(first_to_fail)
    layer = Layer(disk, f"full-from-{first_to_fail}")
    try:
        yield disk, f"full-from-{first_to_fail}"
    finally:
        layer.unregister()

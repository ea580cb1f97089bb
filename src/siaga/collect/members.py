"""The members of a gzip, each on its own: a broken one costs itself, and the next is found by its mark.

A web archive is a row of gzip members, one a record; some tools write one member for the whole file, which is
handed on as a stream.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from siaga.base.errors import RejectError

__all__ = ["CHUNK", "GZIP", "ByteStream", "Members", "Section"]

CHUNK = 65_536
"""Bytes read at a time."""
GZIP = b"\x1f\x8b"
LARGEST_MEMBER = 16_000_000
"""Bytes of a member that is inflated whole, so that its checksum is known before anything in it is used."""
MOST_INFLATION = 100
"""A larger member may be so many times its size in the file: news shrinks 3- to 10-fold, bombs 1,000-fold."""
_MARK = b"\x1f\x8b\x08"
_SEEN = 512
"""Compressed bytes that show what a member begins with."""
_STEP = 16
_WINDOW = 31
"""zlib's largest window, in gzip's frame."""


class ByteStream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes | None: ...


class Section(NamedTuple):
    """A stretch of an archive: where it begins in the file, its bytes, and why what follows them can't be read."""

    start: int
    chunks: Iterable[bytes]
    broken: str | None = None


class Members:
    """The members of a gzip that is read as a stream."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._held = bytearray()
        self._start = 0

    def __iter__(self) -> Iterator[Section]:
        while self._fill(1):
            if not self._held.startswith(GZIP):
                yield Section(self._start, (), "bytes that are no gzip")
                self._pass_over()
                continue
            yield from self._member()

    def _fill(self, size: int) -> bool:
        """Whether so many bytes are held now."""
        while len(self._held) < size:
            if not (chunk := self._stream.read(CHUNK)):
                return False
            self._held += chunk
        return True

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self._start += size

    def _member(self) -> Iterator[Section]:
        """The member that begins here; what is broken is passed over."""
        inflating = _Inflating()
        try:
            self._inflate(inflating)
        except RejectError as error:
            yield Section(self._start, (_seen(bytes(self._held)),), str(error))
            self._pass_over()
            return
        start = self._start
        self._drop(inflating.used)
        yield Section(start, (bytes(inflating.given),) if inflating.ended else self._rest(inflating))

    def _inflate(self, inflating: _Inflating) -> None:
        """The member that begins here as far as it is held whole.

        Raises:
            RejectError: it is broken, or a bomb.

        """
        while not inflating.ended and len(inflating.given) <= LARGEST_MEMBER:
            if not self._fill(inflating.used + 1):
                raise RejectError("truncated", "the gzip ends too early")
            inflating.take(bytes(self._held[inflating.used : inflating.used + CHUNK]))
        inflating.check()

    def _rest(self, inflating: _Inflating) -> Iterator[bytes]:
        """A member that is no single record, as a stream: damage ends it with a RejectError."""
        while True:
            yield bytes(inflating.given)
            inflating.given.clear()
            if inflating.ended:
                return
            if not self._fill(1):
                raise RejectError("truncated", "the gzip ends too early")
            before = inflating.used
            inflating.take(bytes(self._held[:CHUNK]))
            inflating.check()
            self._drop(inflating.used - before)

    def _pass_over(self) -> None:
        """On to the next member that begins with a record, leaving behind at least what is here."""
        self._drop(1)
        while True:
            found = self._held.find(_MARK)
            if found < 0:
                self._drop(max(0, len(self._held) - len(_MARK) + 1))
                if not self._fill(len(_MARK)):
                    self._drop(len(self._held))
                    return
                continue
            self._drop(found)
            self._fill(_SEEN)
            if _begins_record(bytes(self._held[:_SEEN])):
                return
            self._drop(1)


class _Inflating:
    """One member on its way: what it gave and has not been taken, and how much of the file it used."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(_WINDOW)
        self.given = bytearray()
        self.used = 0
        self._total = 0

    @property
    def ended(self) -> bool:
        return self._zlib.eof

    def take(self, chunk: bytes) -> None:
        try:
            inflated = self._zlib.decompress(chunk, LARGEST_MEMBER)
        except zlib.error as error:
            raise RejectError("unreadable", f"a broken gzip: {error}") from error
        self.given += inflated
        self._total += len(inflated)
        self.used += len(chunk) - len(self._zlib.unconsumed_tail) - len(self._zlib.unused_data)

    def check(self) -> None:
        """Refuse a member that inflates as only bombs do."""
        if self._total > max(LARGEST_MEMBER, MOST_INFLATION * self.used):
            raise RejectError("too_large", f"{self.used} bytes of gzip hold more than {LARGEST_MEMBER}")


def _seen(member: bytes) -> bytes:
    """What can be inflated of a broken member: in small steps, since the step that meets the damage gives nothing."""
    inflater, seen = zlib.decompressobj(_WINDOW), bytearray()
    for start in range(0, len(member), _STEP):
        try:
            seen += inflater.decompress(member[start : start + _STEP], LARGEST_MEMBER)
        except zlib.error:
            break
        if inflater.eof or len(seen) > LARGEST_MEMBER:
            break
    return bytes(seen)


def _begins_record(head: bytes) -> bool:
    try:
        return zlib.decompressobj(_WINDOW).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False

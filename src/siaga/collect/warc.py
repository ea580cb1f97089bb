"""Web archives (ISO 28500, `.warc` and `.warc.gz`) -> pages: a broken record is a reject, and all others are read.

Records are cut out here, each by its own length and checked against what follows it, since a reader that trusts a
wrong length swallows the good records behind it; fastwarc then reads the head of each and decodes its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from siaga.base.article import Page, Reject
from siaga.base.errors import RejectError
from siaga.collect.decode import looks_binary, printable
from siaga.collect.members import CHUNK, ByteStream, Members, Section

__all__ = ["WARC", "warc_pages"]

STAGE = "load"
WARC = b"WARC/1."
MOST_BYTES = 10_000_000
"""Bytes of a page's body, decoded; those of articles have thousands."""
LARGEST_RECORD = 64_000_000
"""Bytes of a record that is held in memory; a film may be larger and is no page."""
LARGEST_HEAD = 65_536
LONGEST_SEEN = 4_096
"""Bytes of a broken head without an end in which its address is looked for."""
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(?P<length>\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_KIND = re.compile(rb"\r\nwarc-type:[ \t]*(?P<kind>[a-z]{1,20})", re.IGNORECASE)
_ADDRESS = re.compile(rb"\r\nwarc-target-uri:[ \t]*<?(?P<address>[^\s<>]{1,2000})", re.IGNORECASE)
_PAGES = frozenset({b"response", b"resource", b"conversion"})
_TEXTS = re.compile(r"text/|application/(?:xhtml|xml|json)|$", re.IGNORECASE)
_HTML = re.compile(rb"\s{0,200}<", re.IGNORECASE)
_NEXT = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z][A-Za-z-]{2,40}:")
LONGEST_MARK = 64
"""Bytes that show that a record begins."""
_BREAK = b"\r\n\r\n"
OK = 200


class Cut(NamedTuple):
    """A record as it stands in the file, and where; in a gzip, where its member begins."""

    start: int
    raw: bytes


class Broken(NamedTuple):
    """A record that can't be read: where it begins, what can be seen of its head, and why."""

    start: int
    raw: bytes
    why: str


def warc_pages(name: str, stream: ByteStream, *, zipped: bool) -> Iterator[Page | Reject]:
    """The pages of a web archive, lazily; broken records and what is no page of news become rejects.

    Requests, revisits and the archive's own records are no pages and are passed over.
    """
    found = None
    for found in _found(name, Members(stream) if zipped else (Section(0, _chunks(stream)),)):
        yield found
    if found is None:
        yield Reject(stage=STAGE, id=name, reason="empty", message="a web archive without pages")


def _found(name: str, sections: Iterable[Section]) -> Iterator[Page | Reject]:
    for section in sections:
        for record in _records(section):
            if isinstance(record, Broken):
                yield _reject(name, record, "broken_record", record.why)
            elif _kind(record.raw) in _PAGES:
                yield _page(name, record)


def _chunks(stream: ByteStream) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _page(name: str, record: Cut) -> Page | Reject:
    try:
        return _read(name, record)
    except RejectError as error:
        return _reject(name, record, error.code, str(error))


def _read(name: str, record: Cut) -> Page:
    """The page in a record.

    Raises:
        RejectError: its body can't be decoded or is no text of an article that was found.

    """
    address = _address(record.raw)
    if _kind(record.raw) != b"response":
        found = _parsed(record.raw)
        return _of(name, address, found.reader.read(MOST_BYTES + 1), found.headers.get("Content-Type"))
    found, body = _answer(record.raw)
    if (status := found.http_headers.status_code) != OK:
        raise RejectError("http_status", f"the server answered {status or 'without a status'}, expected {OK}")
    return _of(name, address, body, found.http_content_type, found.http_charset)


def _answer(raw: bytes) -> tuple[Any, bytes]:
    """What a server answered, and its body unpacked; as it stands where it was unpacked before it was archived."""
    try:
        return _unpacked(raw, "all")
    except (OSError, ValueError) as error:
        found, body = _unpacked(raw, "none")
        if looks_binary(body[:CHUNK]):
            raise RejectError("unreadable", f"a body that can't be unpacked: {printable(str(error))}") from error
        return found, body


def _unpacked(raw: bytes, packing: Literal["all", "none"]) -> tuple[Any, bytes]:
    found = _parsed(raw)
    found.parse_http(auto_decode=packing)
    if found.http_headers is None:
        raise RejectError(
            "unreadable", f"a response of type {printable(found.headers.get('Content-Type') or '?')[:60]}"
        )
    if len((found.http_headers.get("Content-Encoding") or "").split(",")) > 1:
        raise RejectError("unreadable", "a body packed more than once")
    return found, bytes(found.reader.read(MOST_BYTES + 1))


def _parsed(raw: bytes) -> Any:  # noqa: ANN401 - fastwarc's record
    """A record as fastwarc reads it.

    Raises:
        RejectError: its head is none.

    """
    from fastwarc.warc import WarcRecord  # noqa: PLC0415 - only for archives

    try:
        return WarcRecord.from_bytes(raw)
    except (OSError, ValueError) as error:
        raise RejectError("broken_record", f"a head that can't be read: {printable(str(error))[:100]}") from error


def _of(name: str, address: str | None, body: bytes, type_: str | None, charset: str | None = None) -> Page:
    if not _TEXTS.match(type_ or "") or looks_binary(body[:CHUNK]):
        raise RejectError("binary", f"{printable(type_ or 'bytes')[:60]}, expected text or HTML")
    if len(body) > MOST_BYTES:
        raise RejectError("too_large", f"more than {MOST_BYTES} bytes in one page")
    if not body.strip():
        raise RejectError("empty", "nothing but spaces")
    kind: Literal["html", "text"] = "html" if "html" in (type_ or "").lower() or _HTML.match(body) else "text"
    return Page(name=f"{name}#{address}" if address else name, body=body, url=address, kind=kind, charset=charset)


def _reject(name: str, record: Cut | Broken, code: str, message: str) -> Reject:
    """Names the record by its address, or by where it begins if that can't be seen."""
    return Reject(
        stage=STAGE, id=f"{name}#{_address(record.raw) or f'byte {record.start}'}", reason=code, message=message
    )


def _kind(raw: bytes) -> bytes:
    match = _KIND.search(raw, 0, LARGEST_HEAD)
    return match["kind"].lower() if match else b""


def _address(raw: bytes) -> str | None:
    match = _ADDRESS.search(raw, 0, LARGEST_HEAD)
    return printable(match["address"].decode("utf-8", "replace")) if match else None


def _records(section: Section) -> Iterator[Cut | Broken]:
    """The records of a section; where it is broken, the last that can be seen is the broken one."""
    last: Cut | Broken | None = None
    for record in _cut(section):
        if last:
            yield last
        last = record
    if section.broken:
        yield Broken(last.start if last else section.start, last.raw if last else b"", section.broken)
    elif last:
        yield last


def _cut(section: Section) -> Iterator[Cut | Broken]:
    """The records of a section, each by its own length; what stands between them is broken."""
    reading = _Reading(section)
    while reading.goes_on():
        start = reading.start
        try:
            yield Cut(start, reading.record())
        except RejectError as error:
            yield Broken(start, reading.head(), str(error))
            reading.resume()


class _Reading:
    """Where we are in a section; its bytes are held from there on as far as they were needed."""

    def __init__(self, section: Section) -> None:
        self.start = section.start
        self._chunks = iter(section.chunks)
        self._held = bytearray()
        self._why: str | None = None

    def goes_on(self) -> bool:
        """Whether there is more than line breaks, or damage that was not told yet."""
        while self._fill(1):
            breaks = len(self._held) - len(self._held.lstrip(b"\r\n"))
            self._drop(breaks)
            if self._held:
                return True
        return self._why is not None

    def head(self) -> bytes:
        """What can be seen of the record that begins here."""
        end = self._held.find(_BREAK, 0, LARGEST_HEAD)
        return bytes(self._held[: end + len(_BREAK) if end >= 0 else LONGEST_SEEN])

    def record(self) -> bytes:
        """The record that begins here.

        Raises:
            RejectError: there is none that could be read; we are still where we were.

        """
        end = self._head_end()
        length = _LENGTH.search(self._held, 0, end)
        if length is None:
            raise RejectError("broken_record", "a record without a length")
        size = end + int(length["length"])
        if size > LARGEST_RECORD:
            raise RejectError("broken_record", f"a record of {size} bytes, expected at most {LARGEST_RECORD}")
        if not self._fill(size):
            raise RejectError("broken_record", self._why or "the archive ends within the record")
        if not self._is_closed(size):
            raise RejectError("broken_record", "the length it states is not that of the record")
        raw = bytes(memoryview(self._held)[:size])
        self._drop(size)
        return raw

    def resume(self) -> None:
        """On to the next place where a record begins."""
        self._why = None
        self._drop(1)
        while (found := _NEXT.search(self._held)) is None:
            self._drop(max(0, len(self._held) - LONGEST_MARK))
            if not self._fill(LONGEST_MARK + 1):
                self._drop(len(self._held))
                return
        self._drop(found.start())

    def _head_end(self) -> int:
        if not self._fill(len(WARC)):
            raise RejectError("broken_record", self._why or "bytes that are no record")
        if not self._held.startswith(WARC):
            raise RejectError("broken_record", "bytes that are no record")
        while (found := self._held.find(_BREAK, 0, LARGEST_HEAD)) < 0:
            if len(self._held) >= LARGEST_HEAD or not self._fill(len(self._held) + 1):
                raise RejectError("broken_record", self._why or "a record without an end of its head")
        return found + len(_BREAK)

    def _is_closed(self, size: int) -> bool:
        """Whether a record of this size is followed by the two line breaks of the standard, another, or the end."""
        self._fill(size + len(_BREAK) + len(WARC))
        rest = bytes(self._held[size : size + len(_BREAK) + len(WARC)])
        return rest.startswith(_BREAK) or rest.lstrip(b"\r\n")[: len(WARC)] in {b"", WARC}

    def _fill(self, size: int) -> bool:
        """Whether so many bytes are held now."""
        while len(self._held) < size:
            try:
                chunk = next(self._chunks, None)
            except RejectError as error:
                self._why, chunk = str(error), None
            if chunk is None:
                return False
            self._held += chunk
        return True

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self.start += size

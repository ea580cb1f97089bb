"""Files, folders and standard input -> pages. What they are is seen from their content, not their name."""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from siaga.base.article import Page, Reject
from siaga.base.errors import RejectError
from siaga.collect.decode import SAMPLE, looks_binary, printable
from siaga.collect.members import GZIP
from siaga.collect.warc import WARC, warc_pages

__all__ = ["is_address", "load"]

STAGE = "load"
MOST_BYTES = 50_000_000
"""Bytes of one page, decoded; more is no article."""
MOST_LINE = 5_000_000
"""Bytes of one line of JSON Lines."""
MOST_INFLATION = 100
"""A gzip of JSON Lines may be larger than MOST_BYTES if it is honest: news shrinks 3- to 10-fold, bombs 1,000-fold."""
Fetch = Callable[[Iterable[str]], Iterator[Page | Reject]]
"""The pages at addresses."""
_WEB = re.compile(rb"https?://[!-~]{1,4000}", re.IGNORECASE)
_URL = re.compile(r"\A[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|title|meta|h1|div|p|table|section)\b", re.IGNORECASE
)
_JSON_LINE = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_JSON_ARRAY = re.compile(rb'(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"')
_JSON_PRETTY = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[ \t\r]*\n\s*"')
"""One object over many lines is one article, as `jq` prints it."""
_JSON_NAME = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$", re.IGNORECASE)
_WARC_NAME = re.compile(r"\.warc(?:\.gz)?$", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether this is the address of something to fetch and no path."""
    return _URL.match(path) is not None


def load(
    paths: Iterable[str], standard_input: IO[bytes] | None = None, fetch: Fetch | None = None
) -> Iterator[Page | Reject]:
    """The pages of these files, folders and addresses, lazily; `-` is standard input, as bytes.

    A folder gives its files in sorted order, hidden ones left out. Plain text and HTML are one page a file,
    JSON Lines one page a line, read as a stream. Gzip is seen through. A web archive gives the pages in it.
    """
    for path in paths:
        if path == "-":
            yield from _pages(path, standard_input or io.BytesIO())
        elif is_address(path):
            yield from fetch([path]) if fetch else [_no_fetching(path)]
        else:
            yield from _with_lists(_walk(Path(path)), fetch)


def _with_lists(pages: Iterable[Page | Reject], fetch: Fetch | None) -> Iterator[Page | Reject]:
    """The same pages; of a text that is nothing but addresses, one a line, those that stand there."""
    for page in pages:
        urls = page.body.split() if isinstance(page, Page) and page.kind == "text" else []
        if fetch and urls and all(_WEB.fullmatch(url) for url in urls):
            yield from fetch(url.decode() for url in urls)
        else:
            yield page


def _no_fetching(path: str) -> Reject:
    return _reject(path, "not_fetched", "addresses are not fetched here; expected a file, a folder or -")


def _walk(path: Path) -> Iterator[Page | Reject]:
    """The pages of a file, or of all files below a folder."""
    if not path.is_dir():
        yield from _open(path)
        return
    files = sorted(_files(path))
    if not files:
        yield _reject(str(path), "empty", "a folder without files")
    for file in files:
        yield from _open(file)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found = (Path(place, name) for name in names if not name.startswith("."))
        yield from (path for path in found if path.is_file())


def _open(path: Path) -> Iterator[Page | Reject]:
    try:
        with path.open("rb") as stream:
            yield from _pages(_name(path), stream)
    except FileNotFoundError:
        yield _reject(_name(path), "not_found", "no such file or folder")
    except (OSError, ValueError) as error:
        yield _reject(_name(path), "unreadable", f"can't be read: {printable(str(error))}")


def _name(path: Path) -> str:
    return printable(str(path))


def _pages(name: str, stream: IO[bytes]) -> Iterator[Page | Reject]:
    """The pages in a stream, or why there are none."""
    try:
        yield from _recognised(name, stream)
    except RejectError as error:
        yield _reject(name, error.code, str(error))


def _recognised(name: str, stream: IO[bytes]) -> Iterator[Page | Reject]:
    head = stream.read(SAMPLE)
    if not head:
        raise RejectError("empty", "no bytes at all")
    joined = _Joined(head, stream)
    zipped = head.startswith(GZIP)
    if (_start_of_gzip(head) if zipped else head).startswith(WARC) or _WARC_NAME.search(name):
        yield from warc_pages(name, joined, zipped=zipped)
        return
    if not zipped:
        yield from _plain(name, head, io.BufferedReader(joined, SAMPLE))
        return
    inflated = _Inflated(joined)
    if not (head := inflated.read(SAMPLE) or b""):
        raise RejectError("empty", "a gzip of no bytes at all")
    if head.startswith(GZIP):
        raise RejectError("unreadable", "gzip inside gzip; expected text, HTML or JSON Lines")
    yield from _plain(name, head, io.BufferedReader(_Joined(head, inflated), SAMPLE))


def _start_of_gzip(head: bytes) -> bytes:
    """What a gzip begins with, as far as that can be seen."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(WARC))
    except zlib.error:
        return b""


def _plain(name: str, head: bytes, stream: IO[bytes]) -> Iterator[Page | Reject]:
    if looks_binary(head):
        raise RejectError("binary", "bytes that are not text; expected text, HTML or JSON Lines")
    if _JSON_ARRAY.match(head):
        raise RejectError("broken_json", "a JSON array; expected JSON Lines, one article a line")
    if _JSON_PRETTY.match(head):
        yield Page(name=name, body=_whole(stream), kind="jsonl")
        return
    if _is_json_lines(name, head):
        yield from _lines(name, stream)
        return
    yield Page(name=name, body=_whole(stream), kind="html" if _is_html(head) else "text")


def _is_json_lines(name: str, head: bytes) -> bool:
    return bool(_JSON_LINE.match(head.removeprefix(b"\xef\xbb\xbf"))) or bool(_JSON_NAME.search(name))


def _is_html(head: bytes) -> bool:
    """A page of markup starts with a tag; a text that only mentions one does not."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        start = head.decode("utf-16", "ignore").lstrip("\ufeff \r\n\t").encode()
    return start[:1] == b"<" and bool(_HTML.search(start))


def _whole(stream: IO[bytes]) -> bytes:
    body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise RejectError("too_large", f"more than {MOST_BYTES} bytes in one page")
    if not body.strip():
        raise RejectError("empty", "nothing but spaces")
    return body


def _lines(name: str, stream: IO[bytes]) -> Iterator[Page | Reject]:
    """One page a line; a line too long is skipped, the rest is read."""
    number = 0
    while line := stream.readline(MOST_LINE + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MOST_LINE and not line.endswith(b"\n"):
            yield _reject(where, "too_large", f"a line of more than {MOST_LINE} bytes")
            _skip_line(stream)
        elif line.strip():
            yield Page(name=where, body=line, kind="jsonl")


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(SAMPLE)) and not rest.endswith(b"\n"):
        continue


def _reject(name: str, code: str, message: str) -> Reject:
    return Reject(stage=STAGE, id=name, reason=code, message=message)


class _Joined(io.RawIOBase):
    """A stream whose head has been read already, from its start."""

    def __init__(self, head: bytes, rest: IO[bytes] | io.RawIOBase) -> None:
        self._head = head
        self._rest = rest
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no length
        chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        chunk = chunk or self._rest.read(len(buffer)) or b""
        buffer[: len(chunk)] = chunk
        self.taken += len(chunk)
        return len(chunk)


class _Inflated(io.RawIOBase):
    """What a gzip holds: damage and bombs are a RejectError, after all that could be read before."""

    def __init__(self, source: _Joined) -> None:
        self._source = source
        self._gzip = gzip.GzipFile(fileobj=io.BufferedReader(source, SAMPLE))
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no length
        chunk = self._inflate(len(buffer))
        self._given += len(chunk)
        if self._given > max(MOST_BYTES, MOST_INFLATION * self._source.taken):
            raise RejectError("too_large", f"more than {MOST_BYTES} bytes out of {self._source.taken} bytes of gzip")
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _inflate(self, size: int) -> bytes:
        try:
            return self._gzip.read1(size)
        except EOFError as error:
            raise RejectError("truncated", "the gzip ends too early") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise RejectError("unreadable", f"a broken gzip: {error}") from error

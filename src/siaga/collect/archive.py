"""Answers kept as they came: `archive/*.warc.gz` (WARC 1.1, ISO 28500), a gzip member a record.

A record is written in one piece and never after the end of a file that another process left, so that a kill leaves at
most its own last record unfinished, and readers pass over that one. What is taken down is cut out again.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from siaga import __version__
from siaga.base.failpoint import failpoint
from siaga.collect.fetch.answer import Answer

__all__ = ["Archive", "cut_out", "records_of", "target_of_record"]

LARGEST = 1_000_000_000
"""Bytes after which another file is begun, as archives have it."""
LEFT_OUT = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "set-cookie"})
"""Headers of the way it came, which are not true of what is kept; and cookies, which are nobody's business."""
_TARGET = b"\r\nwarc-target-uri:"


class Archive:
    """Where one process keeps answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None

    def keep(self, answer: Answer) -> None:
        """Keep an answer.

        Raises:
            OSError: the disk is full or can't be written to.

        """
        record = gzip.compress(_response(answer), compresslevel=6)
        with self._file().open("ab") as file:
            file.write(record)
        failpoint("answer.kept")

    def _file(self) -> Path:
        """The file of this process, begun with a record that says who writes it."""
        if self._path is None or not self._path.exists() or self._path.stat().st_size > LARGEST:
            self._folder.mkdir(parents=True, exist_ok=True)
            moment = datetime.now(UTC)
            self._path = self._folder / f"siaga-{moment:%Y%m%d%H%M%S}-{uuid4().hex[:8]}.warc.gz"
            self._path.write_bytes(gzip.compress(_about(moment)))
        return self._path


def records_of(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """The members of an archive of ours, each as it stands in the file and unpacked; one that is broken ends it."""
    data = path.read_bytes()
    while data:
        machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            record = machine.decompress(data)
        except zlib.error:
            return
        if not machine.eof:
            return
        rest = machine.unused_data
        yield data[: len(data) - len(rest)], record
        data = rest


def target_of_record(record: bytes) -> str | None:
    """The address that a record is of; null where it is of none."""
    head = record.partition(b"\r\n\r\n")[0]
    start = head.lower().find(_TARGET)
    if start < 0:
        return None
    return head[start + len(_TARGET) :].partition(b"\r\n")[0].strip().decode("utf-8", "replace")


def cut_out(folder: Path, urls: Collection[str]) -> int:
    """Cut the records of these addresses out of an archive; how many they were.

    Raises:
        OSError: the disk is full or can't be written to; the files are as they were.

    """
    return sum(_cut_out_of(path, urls) for path in sorted(folder.glob("*.warc.gz")))


def _cut_out_of(path: Path, urls: Collection[str]) -> int:
    records = tuple(records_of(path))
    kept = [member for member, record in records if target_of_record(record) not in urls]
    if len(kept) == len(records):
        return 0
    aside = path.with_name(f".{path.name}.unfinished")
    with aside.open("wb") as file:
        file.writelines(kept)
        file.flush()
        os.fsync(file.fileno())
    failpoint("archive.written")
    aside.replace(path)
    failpoint("archive.replaced")
    return len(records) - len(kept)


def _response(answer: Answer) -> bytes:
    phrase = HTTPStatus(answer.status).phrase if answer.status in {*HTTPStatus} else ""
    lines = [f"HTTP/1.1 {answer.status} {phrase}".strip()]
    lines += (f"{name}: {value}" for name, value in answer.headers if name.lower() not in LEFT_OUT)
    head = "\r\n".join([*lines, f"Content-Length: {len(answer.body)}", "", ""]).encode("utf-8", "replace")
    about = {
        "WARC-Type": "response", "WARC-Target-URI": answer.final, "WARC-Date": answer.moment,
        "WARC-Payload-Digest": f"sha256:{sha256(answer.body).hexdigest()}",
        "Content-Type": "application/http; msgtype=response",
    }  # fmt: skip
    return _record(about | ({"WARC-IP-Address": answer.peer} if answer.peer else {}), head + answer.body)


def _about(moment: datetime) -> bytes:
    said = f"software: siaga {__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    date = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return _record({"WARC-Type": "warcinfo", "WARC-Date": date, "Content-Type": "application/warc-fields"}, said)


def _record(about: dict[str, str], block: bytes) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        *(f"{name}: {value}" for name, value in about.items()),
    ]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode("utf-8", "replace")
    return head + block + b"\r\n\r\n"

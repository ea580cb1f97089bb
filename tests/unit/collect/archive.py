"""Web archives of generated pages, whole and broken, for tests and benches."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

__all__ = ["DAMAGES", "Damage", "Row", "address", "answer", "archive", "generated", "page", "record", "rows"]

Damage = Literal["bits", "short length", "long length", "no length", "cut off", "no record", "packed body"]
DAMAGES: tuple[Damage, ...] = (
    "bits",
    "short length",
    "long length",
    "no length",
    "cut off",
    "no record",
    "packed body",
)
SENTENCE = "Menteri Luar Negeri bertemu duta besar di kota {number} pada Selasa untuk membahas perbatasan."


class Row(NamedTuple):
    """A record of an archive, and how it is broken."""

    number: int
    damage: Damage | None = None


def address(number: int) -> str:
    """The address of a generated page."""
    return f"http://kabar.example/{number}"


def page(number: int) -> bytes:
    """A page of three paragraphs that no other has."""
    paragraphs = "".join(f"<p>{SENTENCE.format(number=f'{number}-{part}')}</p>" for part in range(3))
    return f"<html lang='id'><head><title>Rapat {number}</title></head><body><article>{paragraphs}".encode()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """What a server sends."""
    head = "\r\n".join((f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers))
    return head.encode() + b"\r\n\r\n" + body


def record(block: bytes, *, uri: str, kind: str = "response", length: int | None = None) -> bytes:
    """A record of a web archive around a block."""
    type_ = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-11-30T00:00:00Z\r\nWARC-Target-URI: {uri}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {type_}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def generated(row: Row) -> bytes:
    """The record of a generated page, broken as the row says; bits are broken once it is packed."""
    uri, block = address(row.number), answer(page(row.number))
    whole = record(block, uri=uri)
    broken = {
        "short length": record(block, uri=uri, length=40),
        "long length": record(block, uri=uri, length=len(block) + 900),
        "no length": whole.replace(b"Content-Length", b"Content-Size"),
        "cut off": whole[:-200],
        "no record": whole.replace(b"WARC/1.1", b"FORM/1.1"),
        "packed body": record(answer(b"\x1f\x8b\x08\x00" + bytes(range(200)), "Content-Encoding: gzip"), uri=uri),
    }
    return broken.get(row.damage or "", whole)


def archive(rows: Iterable[Row], *, zipped: bool) -> bytes:
    """An archive of generated pages, one member a record if it is a gzip."""
    return b"".join(_packed(row) if zipped else _with_broken_bits(generated(row), row) for row in rows)


def _packed(row: Row) -> bytes:
    member = gzip.compress(generated(row), mtime=0)
    if row.damage != "bits":
        return member
    middle = len(member) * 2 // 3
    return member[:middle] + bytes(255 - byte for byte in member[middle : middle + 20]) + member[middle + 20 :]


def _with_broken_bits(raw: bytes, row: Row) -> bytes:
    """Where nothing is packed, broken bits show in the head only: in its first line."""
    return raw.replace(b"WARC/1.1", b"W\x8a\x92C/1\x9e1") if row.damage == "bits" else raw


def rows(count: int, every: int, damages: Sequence[Damage] = DAMAGES) -> tuple[Row, ...]:
    """So many rows, one in `every` broken, in turn in each way."""
    return tuple(
        Row(number, damages[number // every % len(damages)] if number % every == every // 2 else None)
        for number in range(count)
    )

"""What is said between a process and the child that parses for it: records in MessagePack, each after its length."""

from __future__ import annotations

import struct
from typing import IO, Literal, TypeVar

import msgspec

from siaga.base.article import Article, Page, Reject
from siaga.base.overlay import Overlay
from siaga.base.record import Record
from siaga.collect.outline import Outline, Sheet

__all__ = ["Answer", "Lane", "Order", "Task", "read_frame", "write_frame"]

Kind = TypeVar("Kind", bound=Record)
LARGEST_FRAME = 256_000_000
"""Bytes; an article is smaller than its page, which is smaller than 50 MB."""
_LENGTH = struct.Struct(">I")
Lane = Literal["careful", "archive", "outlines"]
"""Reading articles, by one of two ways, or looking at what else was fetched."""


class Order(Record):
    """What a child is told first: what it does, on which knowledge, within which limits."""

    lane: Lane
    overlay: Overlay
    seconds: float
    """Of processor time for a page."""
    memory: int
    """Bytes of address space."""


class Task(Record):
    """What is to be read: one of the two."""

    page: Page | None = None
    sheet: Sheet | None = None


class Answer(Record):
    """What became of it; of none where the child only says that it is ready."""

    article: Article | None = None
    outline: Outline | None = None
    reject: Reject | None = None


def write_frame(stream: IO[bytes], record: Record) -> None:
    """Write a record.

    Raises:
        BrokenPipeError: nobody reads any more.

    """
    body = msgspec.msgpack.encode(record)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes], kind: type[Kind]) -> Kind | None:
    """The next record; null where the other side has ended, or says what is none of ours."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size or _LENGTH.unpack(head)[0] > LARGEST_FRAME:
        return None
    body = stream.read(_LENGTH.unpack(head)[0])
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except msgspec.DecodeError:
        return None

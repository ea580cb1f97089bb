"""Deadlines as a calendar that other programs subscribe to: iCalendar (RFC 5545), a whole day each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from siaga.base.record import Record

__all__ = ["Deadline", "calendar_lines"]

OCTETS = 75
"""Of a line without its end; what is longer goes on in the next after a blank (RFC 5545, 3.1)."""


class Deadline(Record):
    """A day on which something is settled."""

    id: str
    """Never changes and is nobody else's."""
    day: str
    title: str
    description: str
    stamp: str
    """When it was entered, RFC 3339 in UTC."""


def calendar_lines(name: str, deadlines: Iterable[Deadline]) -> Iterator[bytes]:
    """A calendar, line by line, each with its end."""
    yield from _folded("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Siaga//siaga claims//EN", "CALSCALE:GREGORIAN")
    yield from _folded(f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}")
    for one in deadlines:
        yield from _folded(*_event(one))
    yield from _folded("END:VCALENDAR")


def _event(one: Deadline) -> tuple[str, ...]:
    day = date.fromisoformat(one.day)
    return (
        "BEGIN:VEVENT",
        f"UID:{_text(one.id)}@siaga",
        f"DTSTAMP:{_stamp(one.stamp)}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.title)}",
        f"DESCRIPTION:{_text(one.description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _stamp(moment: str) -> str:
    return moment[:19].replace("-", "").replace(":", "") + "Z"


def _text(written: str) -> str:
    """Text as a value: separators are marked, line breaks spelt, other control signs left out."""
    marked = written.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in "\\n".join(marked.splitlines()) if sign.isprintable())


def _folded(*lines: str) -> Iterator[bytes]:
    for line in lines:
        yield b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    """Stretches short enough for a line, never cut within a character."""
    piece, room = b"", OCTETS
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", OCTETS - 1  # the blank counts
        piece += octets
    yield piece

"""What is asked of a server, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime

from siaga.base.record import Record

__all__ = ["NOT_MODIFIED", "OK", "Answer", "Request", "first_header", "retry_after"]

NOT_MODIFIED = 304
OK = 200
_CHARSET = re.compile(r"""charset\s*=\s*["']?(?P<name>[\w.:-]{2,30})""", re.IGNORECASE)


class Request(Record):
    """An address, and what we have of it already."""

    url: str
    etag: str | None = None
    modified: str | None = None
    """`Last-Modified`, as the server wrote it."""


class Answer(Record):
    """What came back, with the body unpacked."""

    url: str
    """As asked."""
    final: str
    """Where it was found in the end."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    moment: str
    """When it was asked, RFC 3339 in UTC."""
    peer: str = ""
    """Network address it came from."""
    hops: tuple[str, ...] = ()
    """Addresses that led on to others, as asked first."""

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return first_header(self.headers, name)

    @property
    def charset(self) -> str | None:
        """What the server says the body is written in."""
        match = _CHARSET.search(self.header("Content-Type") or "")
        return match["name"] if match else None

    @property
    def unchanged(self) -> bool:
        """Whether it is as we have it."""
        return self.status == NOT_MODIFIED


def first_header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """The first of these headers that has this name."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def retry_after(answer: Answer, now: float, most: float) -> float | None:
    """Seconds for which a server asks to be left alone, `most` at the most; null if it doesn't.

    Args:
        answer: with the header `Retry-After` (RFC 9110, 10.2.3), seconds or a date.
        now: seconds since 1970.
        most: seconds.

    """
    value = (answer.header("Retry-After") or "").strip()
    if value.isdecimal() and value.isascii():
        return min(float(value[:9]), most)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - now), most)
    except (ValueError, TypeError, OverflowError):
        return None

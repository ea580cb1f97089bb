"""What several pages are asked in the same way: a number, a kind of act."""

from __future__ import annotations

from typing import get_args

import msgspec

from siaga.base.errors import GivenError
from siaga.base.event import EventType
from siaga.serve.web.asking import Asking

__all__ = ["TYPES", "event_type", "number"]

TYPES: tuple[EventType, ...] = get_args(EventType)
LONGEST = 9
"""Digits of a number."""


def number(asking: Asking, name: str, default: int, most: int) -> int:
    """A number of the query, from 1 on.

    Raises:
        GivenError: it is none, or too large.

    """
    written = asking.one(name) or str(default)
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST and 1 <= int(written) <= most):
        raise GivenError(f"{name}: expected a number from 1 to {most}")
    return int(written)


def event_type(asking: Asking, name: str) -> EventType | None:
    """A kind of act of the query; null where none is given.

    Raises:
        GivenError: it is none.

    """
    written = asking.one(name)
    if not written:
        return None
    try:
        kind: EventType = msgspec.convert(written.upper(), EventType)
    except msgspec.ValidationError as error:
        raise GivenError(f"{name}: expected one of {', '.join(TYPES)}") from error
    return kind

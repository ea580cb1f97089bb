"""What was on the board when somebody last looked at it: kept by their browser alone, in a cookie.

`20220331T101500~RUS-UKR.3.12_IDN.1.2`: when, and of each warning its level and how many acts it stood on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

from siaga.base.record import Record
from siaga.base.warning import LEVELS, Card

__all__ = ["COOKIE", "News", "Visit", "news_of", "remembered", "visit_of"]

COOKIE = "siaga_seen"
SAME_VISIT = timedelta(minutes=30)
"""Between two looks of one visit, at most: what was new stays new while somebody reads."""
SEEN = re.compile(r"(?P<moment>\d{8}T\d{6})~(?P<units>[A-Z0-9.\-_]*)")
UNIT = re.compile(r"(?P<unit>[A-Z0-9\-]{1,40})\.(?P<level>[0-3])\.(?P<acts>\d{1,6})")
WRITTEN = "%Y%m%dT%H%M%S"
News = Literal["new", "risen", "fallen", "more", "same"]
"""Of a warning since the last visit; `more`: as grave as before, with more acts."""


class Visit(Record):
    """An earlier look at the board."""

    moment: str
    """RFC 3339, UTC."""
    warnings: tuple[tuple[str, int, int], ...]
    """Unit, place of its level in `LEVELS`, acts."""


def visit_of(cookie: str) -> Visit | None:
    """The last visit, if the browser remembers one."""
    found = SEEN.fullmatch(cookie)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found["moment"], WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        return None
    units = (UNIT.fullmatch(part) for part in found["units"].split("_"))
    return Visit(
        moment=moment.isoformat().replace("+00:00", "Z"),
        warnings=tuple((one["unit"], int(one["level"]), int(one["acts"])) for one in units if one),
    )


def remembered(before: Visit | None, cards: Iterable[Card], now: datetime) -> str | None:
    """What the browser is to remember of this look; null while the visit before it goes on."""
    if before and timedelta(0) <= now - datetime.fromisoformat(before.moment) < SAME_VISIT:
        return None
    units = "_".join(f"{card.unit}.{_place(card)}.{card.signals.acts}" for card in cards)
    return f"{now.strftime(WRITTEN)}~{units}"


def news_of(card: Card, before: Mapping[str, tuple[int, int]]) -> News:
    """What is new of a warning since a visit."""
    if card.unit not in before:
        return "new"
    level, acts = before[card.unit]
    if _place(card) != level:
        return "risen" if _place(card) > level else "fallen"
    return "more" if card.signals.acts > acts else "same"


def _place(card: Card) -> int:
    return LEVELS.index(card.level) if card.level else 0

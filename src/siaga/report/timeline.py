"""Events by day or week: how many of each status, and the sentence that tells most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from siaga.base.document import Reading
from siaga.base.event import Status
from siaga.base.record import Record
from siaga.report.facts import GRAVE, Cited, cited, day_of, facts, is_background, weight

__all__ = ["Moment", "Step", "bar", "sparkline", "timeline"]

Step = Literal["day", "week"]

BLOCKS = " ▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉"
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class Moment(Record):
    """A day or a week, its counts, and its most telling sentence."""

    first: str
    last: str
    """Inclusive days `YYYY-MM-DD`."""
    events: int
    """Events told, copies included."""
    grave: int
    """Of these, happened deeds of force or posture."""
    by_status: tuple[tuple[Status, int], ...]
    """Every status with its count."""
    telling: Cited | None
    """The event whose sentence says most; null where nothing is told."""


def timeline(readings: Iterable[Reading], *, step: Step = "week") -> tuple[Moment, ...]:
    """The steps from the first to the last day with an event, empty ones too.

    What happened stands at its own day, if that is told and not after publication; all else at the
    day of publication, when it was said. Background is left out.
    """
    by_step: dict[date, list[Cited]] = {}
    for one in cited(readings):
        if one.article.published and not is_background(one):
            by_step.setdefault(_start(_told_on(one), step), []).append(one)
    return tuple(_moment(first, by_step.get(first, ()), step) for first in _steps(by_step, step))


def bar(count: int, most: int, width: int = 20) -> str:
    """A bar of `width` cells at the most, in eighths of a cell."""
    eighths = round(8 * width * count / most) if most else 0
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def sparkline(counts: Sequence[int]) -> str:
    """The counts as one line of small columns; only nought is blank."""
    most = max(counts, default=0) or 1
    return "".join(BLOCKS[-(-8 * count // most)] for count in counts)


def _told_on(one: Cited) -> str:
    published = (one.article.published or "")[:10]
    return min(day_of(one), published) if one.event.status == "happened" else published


def _start(day: str, step: Step) -> date:
    read = date.fromisoformat(day)
    return read - timedelta(days=read.weekday()) if step == "week" else read


def _steps(by_step: Mapping[date, Sequence[Cited]], step: Step) -> Iterator[date]:
    if not by_step:
        return
    first, last = min(by_step), max(by_step)
    while first <= last:
        yield first
        first += _length(step)


def _length(step: Step) -> timedelta:
    return timedelta(days=7 if step == "week" else 1)


def _moment(first: date, told: Sequence[Cited], step: Step) -> Moment:
    counts = Counter(one.event.status for one in told)
    return Moment(
        first=first.isoformat(),
        last=(first + _length(step) - timedelta(days=1)).isoformat(),
        events=len(told),
        grave=sum(one.event.type in GRAVE and one.event.status == "happened" for one in told),
        by_status=tuple((status, counts[status]) for status in STATUSES),
        telling=_telling(told),
    )


def _telling(told: Sequence[Cited]) -> Cited | None:
    """The weightiest, of these what most sources report."""
    ranked = sorted(facts(told), key=lambda fact: -weight(fact.event))
    return ranked[0].said[0] if ranked else None

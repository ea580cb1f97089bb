"""Two readings of one text, side by side: which events are the same act, and what is told otherwise of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from siaga.base.document import Reading
from siaga.base.event import Event, Party
from siaga.base.record import Record

__all__ = ["Change", "Part", "Placed", "changes", "changes_in", "codes", "is_same_act", "likeness", "placed"]

Part = Literal["body", "title"]
PARTS: tuple[Part, ...] = ("body", "title")
Placed = tuple[Part, int, Event]
"""An event, with the part of the article it stands in and its place among the events of that part."""

SAME_WORD, SAME_WORDS, SAME_TYPE, SAME_PARTIES = 4, 3, 2, 1
"""What speaks for one act, heaviest first: the very trigger; a trigger that holds the other; the type; the parties."""
MARGINAL = frozenset({"id", "confidence", "rule", "corrected", "cameo"})
"""Fields that change nothing of what is said."""


class Change(Record):
    """What became of an event: told otherwise, new, or no longer read."""

    kind: Literal["changed", "added", "withdrawn"]
    part: Part
    before: Event | None
    after: Event | None
    fields: tuple[str, ...] = ()
    """The fields in which they differ, in the order of the contract."""

    @property
    def weighs(self) -> bool:
        """Whether something else is said now, and not only said with another confidence."""
        return self.kind != "changed" or not MARGINAL.issuperset(self.fields)


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """What changed from one reading of a text to another, in the order of the text; what is the same is left out."""
    found: list[Change] = []
    for part in PARTS:
        old, new = ([event for where, _, event in placed(reading) if where == part] for reading in (before, after))
        found += changes_in(part, old, new)
    return tuple(sorted(found, key=_in_order))


def changes_in(part: Part, old: Sequence[Event], new: Sequence[Event]) -> Iterator[Change]:
    """What changed from some events of a part to others."""
    for earlier, later in _pairs(old, new):
        if earlier is None or later is None:
            yield Change(kind="added" if later else "withdrawn", part=part, before=earlier, after=later)
        elif fields := _differing(earlier, later):
            yield Change(kind="changed", part=part, before=earlier, after=later, fields=fields)


def placed(reading: Reading) -> Iterator[Placed]:
    """Every event with its part and its place in it, those of the body first."""
    yield from (("body", position, event) for position, event in enumerate(reading.events))
    yield from (("title", position, event) for position, event in enumerate(reading.title_events))


def likeness(one: Event, other: Event) -> int:
    """How much speaks for two events being one act told by one sentence; 0 if it is not."""
    if one.evidence.start >= other.evidence.end or other.evidence.start >= one.evidence.end:
        return 0
    words, same_type, same_parties = _same_words(one, other), one.type == other.type, _parties(one) == _parties(other)
    if not words and not (same_type and same_parties and any(_parties(one))):
        return 0
    return words + SAME_TYPE * same_type + SAME_PARTIES * same_parties


def is_same_act(one: Event, other: Event) -> bool:
    """Whether two events say the same of one act: trigger, type and parties."""
    return likeness(one, other) == SAME_WORD + SAME_TYPE + SAME_PARTIES


def codes(parties: Iterable[Party]) -> tuple[str, ...]:
    """The codes that are known on a side, sorted."""
    return tuple(sorted({party.code for party in parties if party.code}))


def _parties(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return codes(event.actors), codes(event.recipients)


def _same_words(one: Event, other: Event) -> int:
    """How alike the triggers are, by whole words."""
    first, second = (f" {event.trigger.casefold().strip()} " for event in (one, other))
    if not first.strip() or not second.strip():
        return 0
    return SAME_WORD if first == second else SAME_WORDS * (first in second or second in first)


def _pairs(old: Sequence[Event], new: Sequence[Event]) -> Iterator[tuple[Event | None, Event | None]]:
    """Old and new events that are one: those of one id, then the likest; last, those that have no counterpart."""
    by_id = {event.id: event for event in new}
    yield from ((event, by_id[event.id]) for event in old if event.id in by_id)
    gone = [event for event in old if event.id not in by_id]
    come = [event for event in new if event.id not in {one.id for one in old}]
    while best := _likest(gone, come):
        yield gone.pop(best[0]), come.pop(best[1])
    yield from ((event, None) for event in gone)
    yield from ((None, event) for event in come)


def _likest(gone: Sequence[Event], come: Sequence[Event]) -> tuple[int, int] | None:
    """Which two are likest; null if none are alike."""
    found = ((likeness(a, b), -i, -j) for i, a in enumerate(gone) for j, b in enumerate(come))
    most, first, second = max(found, default=(0, 0, 0))
    return (-first, -second) if most else None


def _differing(before: Event, after: Event) -> tuple[str, ...]:
    names = (field.name for field in msgspec.structs.fields(Event))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _in_order(change: Change) -> tuple[bool, int, str]:
    event = change.after or change.before
    return (change.part == "title", event.evidence.start, event.id) if event else (True, 0, "")

"""Corrections: what an analyst says of a reading, kept beside it, and the reading as it stands with them.

A correction never changes what the reader found; it is applied to it, and again to each later reading. It holds on to
the article (whose text never changes), the sentence, and the events that were meant, each whole. An event of a later
reading is one that was meant if it has its id or, where the id is gone, if it is more like it than like any event that
stood beside it (`likeness`): that one was seen by the analyst, and let stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from siaga.base.change import Change, Part, changes_in, codes, likeness
from siaga.base.document import Reading
from siaga.base.event import AHEAD, Corrected, Event, Forecast
from siaga.base.ids import content_id
from siaga.base.record import Record

__all__ = [
    "Correction", "CorrectionKind", "Outcome", "Proposal", "Signature", "corrected", "drawn_up", "events_of",
    "in_force", "replaced", "standing", "undoing",
]  # fmt: skip

CorrectionKind = Literal["wrong", "edit", "add", "merge", "split", "undo"]


class Correction(Record):
    """What an analyst says of an article: these events are not so; these are."""

    id: str
    kind: CorrectionKind
    article: str
    part: Part
    start: int
    end: int
    """The sentence, in code points of the text or the title; of several, from the first to the last."""
    meant: tuple[Event, ...]
    """Events that were corrected, as they stood."""
    given: tuple[Event, ...]
    """Events that stand in their place."""
    beside: tuple[Event, ...]
    """Other events of the sentence at that time: they were let stand."""
    undoes: str | None
    """Of kind `undo`: id of the correction that no longer holds."""
    analyst: str
    moment: str
    """RFC 3339, UTC."""
    note: str | None


class Proposal(Record):
    """What is to be corrected, before it is signed."""

    kind: CorrectionKind
    part: Part
    meant: tuple[Event, ...] = ()
    given: tuple[Event, ...] = ()


class Signature(Record):
    """Who corrects, when (RFC 3339, UTC), and why."""

    analyst: str
    moment: str
    note: str | None = None
    number: int = 1
    """Which correction of its article this is: the same said again after it was undone is another one."""


class Outcome(Record):
    """A reading with the corrections that stand."""

    reading: Reading
    standing: int
    """How many corrections hold."""
    unneeded: tuple[str, ...]
    """Ids of corrections that change nothing here: the reading says by itself what they say."""


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Outcome:
    """A reading as it stands with the corrections of its article, which come in the order in which they were made."""
    unneeded = []
    holding = standing(corrections)
    for correction in holding:
        if _agrees(reading, correction):
            unneeded.append(correction.id)
        reading = _applied(reading, correction)
    whole = _foreseen(reading) if holding else reading
    return Outcome(reading=whole, standing=len(holding), unneeded=tuple(unneeded))


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that no later one undoes, in order, without those that only undo others."""
    made = tuple(corrections)
    holding = in_force(made)
    return tuple(one for one in made if one.id in holding and one.kind != "undo")


def in_force(corrections: Iterable[Correction]) -> frozenset[str]:
    """Ids of the corrections that hold. To undo what undoes brings back what was undone."""
    holding: set[str] = set()
    undone: set[str | None] = set()
    for correction in reversed(tuple(corrections)):
        if correction.id not in undone:
            holding.add(correction.id)
            undone.add(correction.undoes)
    return frozenset(holding)


def drawn_up(proposal: Proposal, stands: Reading, read: Reading, signature: Signature) -> Correction:
    """A proposal as a correction.

    Args:
        proposal: what is corrected.
        stands: the reading of the article as it stands.
        read: the reading without any correction.
        signature: of the analyst.

    """
    article, said = stands.article.id, (*proposal.meant, *proposal.given)
    ids = (event.id for event in said)
    words = (event.to_json().decode() for event in proposal.given)
    id_ = content_id("correction", proposal.kind, article, proposal.part, *ids, *words, *_signed(signature))
    mark = Corrected(correction=id_, by=signature.analyst, moment=signature.moment)
    return Correction(
        id=id_,
        kind=proposal.kind,
        article=article,
        part=proposal.part,
        start=min(event.evidence.start for event in said),
        end=max(event.evidence.end for event in said),
        meant=proposal.meant,
        given=tuple(_by_analyst(event, proposal.kind, mark) for event in proposal.given),
        beside=tuple(_beside(proposal, (stands, read))),
        undoes=None,
        analyst=signature.analyst,
        moment=signature.moment,
        note=signature.note,
    )


def undoing(correction: Correction, signature: Signature) -> Correction:
    """The correction that undoes another."""
    return correction.replace(
        id=content_id("correction", "undo", correction.id, *_signed(signature)),
        kind="undo", meant=(), given=(), beside=(), undoes=correction.id, analyst=signature.analyst,
        moment=signature.moment, note=signature.note,
    )  # fmt: skip


def replaced(correction: Correction) -> tuple[Change, ...]:
    """What the correction puts in place of what."""
    return tuple(changes_in(correction.part, correction.meant, correction.given))


def events_of(reading: Reading, part: Part) -> tuple[Event, ...]:
    """The events of a part of an article."""
    return reading.events if part == "body" else reading.title_events


def _signed(signature: Signature) -> tuple[str, str, int]:
    return signature.analyst, signature.moment, signature.number


def _by_analyst(event: Event, kind: CorrectionKind, mark: Corrected) -> Event:
    return event.replace(corrected=mark, rule=f"analyst/{kind}", confidence=1.0)


def _beside(proposal: Proposal, readings: Iterable[Reading]) -> Iterator[Event]:
    """Events that tell something of the same sentence and are not meant, each once."""
    said = (*proposal.meant, *proposal.given)
    seen = {event.id for event in said}
    for reading in readings:
        for event in events_of(reading, proposal.part):
            if event.id not in seen and any(_touch(event, one) for one in said):
                seen.add(event.id)
                yield event


def _touch(one: Event, other: Event) -> bool:
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def _applied(reading: Reading, correction: Correction) -> Reading:
    """The reading without what the correction replaces, with what it gives."""
    kept = (event for event in events_of(reading, correction.part) if not _is_replaced(event, correction))
    events = tuple(sorted((*kept, *correction.given), key=_in_order))
    return reading.replace(**{"events" if correction.part == "body" else "title_events": events})


def _is_replaced(event: Event, correction: Correction) -> bool:
    """Whether an event is one that was meant, or one that was given read by the reader itself."""
    said = (*correction.meant, *correction.given)
    if event.id in {one.id for one in said}:
        return True
    if event.corrected is not None or event.id in {one.id for one in correction.beside}:
        return False
    return _likest(event, said) > _likest(event, correction.beside)


def _likest(event: Event, others: Sequence[Event]) -> int:
    return max((likeness(event, other) for other in others), default=0)


def _in_order(event: Event) -> tuple[int, int, str]:
    return event.evidence.start, event.evidence.text.casefold().find(event.trigger.casefold()), event.id


def _agrees(reading: Reading, correction: Correction) -> bool:
    """Whether a reading says by itself what the correction says."""
    replaced = [event for event in events_of(reading, correction.part) if _is_replaced(event, correction)]
    if len(replaced) != len(correction.given):
        return False
    return all(any(_says(event, given) for event in replaced) for given in correction.given)


def _says(event: Event, given: Event) -> bool:
    """Whether an event says all that is given; of what is not given it may say anything."""
    same_mode = given.mode in {None, event.mode}
    same_place = given.place is None or (event.place is not None and event.place.country == given.place.country)
    return _core(event) == _core(given) and same_mode and same_place


def _core(event: Event) -> tuple[object, ...]:
    return event.type, event.status, codes(event.actors), codes(event.recipients), event.earliest, event.latest


def _foreseen(reading: Reading) -> Reading:
    """The reading with the forecasts of events that still stand, and still lie ahead, as they stand."""
    events = {event.id: event for event in reading.events}
    told = (_as_corrected(one, events[one.event]) for one in reading.forecasts if one.event in events)
    return reading.replace(forecasts=tuple(one for one in told if one.status in AHEAD))


def _as_corrected(forecast: Forecast, event: Event) -> Forecast:
    """A forecast with the status and window that an analyst gave its event."""
    if event.corrected is None:
        return forecast
    return forecast.replace(status=event.status, window_earliest=event.earliest, window_latest=event.latest)

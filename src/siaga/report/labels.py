"""Corrected sentences as labels: what the models of the reader are trained on, by offsets, without any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siaga.base.change import codes
from siaga.base.correction import Correction
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Status
from siaga.base.ids import content_id
from siaga.base.record import Record

__all__ = ["EventLabel", "Labels", "SentenceLabel", "labels_of"]


class EventLabel(Record):
    """An event of a sentence."""

    type: EventType
    status: Status
    trigger: tuple[int, int]
    """In code points of the sentence, half-open."""
    actors: tuple[str, ...]
    """Codes; a party that is not known has none."""
    recipients: tuple[str, ...]
    place: str | None
    """Country, alpha-3."""
    earliest: str | None
    latest: str | None


class SentenceLabel(Record):
    """A sentence with all its events, as an analyst left it."""

    start: int
    end: int
    hash: str
    """Of its text: labels of a sentence that is no longer the same are left out."""
    events: tuple[EventLabel, ...]


class Labels(Record):
    """The corrected sentences of an article, in the shape of `tools/labels`."""

    article: str
    language: str | None
    sentences: tuple[SentenceLabel, ...]


def labels_of(reading: Reading, corrections: Iterable[Correction]) -> Labels | None:
    """The labels of an article as it stands; null if no sentence of its text was corrected.

    Args:
        reading: as it stands, with the corrections.
        corrections: those that are not undone.

    """
    spans = {span for one in corrections if one.part == "body" for span in _sentences(one)}
    if not spans:
        return None
    article = reading.article
    sentences = tuple(_sentence(reading, start, end) for start, end in sorted(spans))
    return Labels(article=article.id, language=article.language, sentences=sentences)


def _sentences(correction: Correction) -> Iterator[tuple[int, int]]:
    """The sentences that a correction is about: more than one where events of several were merged."""
    for event in (*correction.meant, *correction.given):
        yield event.evidence.start, event.evidence.end


def _sentence(reading: Reading, start: int, end: int) -> SentenceLabel:
    told = (event for event in reading.events if (event.evidence.start, event.evidence.end) == (start, end))
    return SentenceLabel(
        start=start,
        end=end,
        hash=content_id("sentence", reading.article.text[start:end]),
        events=tuple(map(_event, told)),
    )


def _event(event: Event) -> EventLabel:
    return EventLabel(
        type=event.type,
        status=event.status,
        trigger=_trigger(event.evidence, event.trigger),
        actors=codes(event.actors),
        recipients=codes(event.recipients),
        place=event.place.country if event.place else None,
        earliest=event.earliest,
        latest=event.latest,
    )


def _trigger(evidence: Evidence, trigger: str) -> tuple[int, int]:
    start = max(evidence.text.find(trigger), 0)
    return start, start + len(trigger)

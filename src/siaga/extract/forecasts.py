"""Events -> forecast claims: what somebody says may or will happen within a window that lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from siaga.base.document import Document, Layer, Sentence
from siaga.base.event import AHEAD, Event, Forecast, Quote
from siaga.base.ids import content_id
from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["Forecasts"]

JUST_OPENED_DAYS = 7
"""A window without an end is still ahead this long after it opened ("as early as this week"); "since May" is not."""


class ConditionRow(Record):
    phrase: str


class Forecasts:
    """Gives the forecast claims among the events: open in time, with a window named in the same sentence."""

    needs: frozenset[Layer] = frozenset({"tokens", "sentences", "published", "dates", "quotes", "events"})
    gives: frozenset[Layer] = frozenset({"forecasts"})

    def __call__(self, document: Document, /) -> Document:
        return document.replace(forecasts=tuple(_forecasts(document)))


def _forecasts(document: Document) -> Iterator[Forecast]:
    published = (document.article.published or "")[:10]
    for event in document.events:
        if published and event.status in AHEAD and _lies_ahead(event, published):
            yield _forecast(document, event)


def _lies_ahead(event: Event, published: str) -> bool:
    """Whether the window is named in the evidence and reaches past the day of publication."""
    if event.when_text is None or event.when_text not in event.evidence.text:
        return False
    if event.latest is not None:
        return event.latest > published
    opened = date.fromisoformat(published) - timedelta(days=JUST_OPENED_DAYS)
    return event.earliest is not None and event.earliest >= opened.isoformat()


def _forecast(document: Document, event: Event) -> Forecast:
    quote = _quote_of(document, event)
    condition = _condition(document, event)
    reason = _why_not(event)
    return Forecast(
        id=content_id("forecast", event.id, event.earliest, event.latest),
        event=event.id,
        speaker=event.speaker,
        code=quote.code if quote else None,
        medium=event.medium,
        status=event.status,
        words=event.when_text or "",
        window_earliest=event.earliest,
        window_latest=event.latest,
        condition=condition,
        resolvable=reason is None,
        reason=reason,
        evidence=event.evidence,
    )


def _quote_of(document: Document, event: Event) -> Quote | None:
    """The quote that the event's speaker comes from."""
    if event.speaker is None:
        return None
    start, end = event.evidence.start, event.evidence.end
    touching = (quote for quote in document.quotes if quote.start < end and quote.end > start)
    return next((quote for quote in touching if event.speaker in {quote.speaker, quote.speaker_text}), None)


def _why_not(event: Event) -> str | None:
    """Why no later news can settle the claim, as a short code; null if it can."""
    if not any(party.code for party in (*event.actors, *event.recipients)):
        return "unknown_parties"
    return None


def _condition(document: Document, event: Event) -> str | None:
    """The clause under which the claim is made, from its opening word to the next comma or the end."""
    if document.article.language not in languages():
        return None
    sentence = next(s for s in document.sentences if s.start == event.evidence.start)
    tokens = document.tokens
    match = next(_conditions(document.article.language).find(tokens.lowers, sentence.first, sentence.last), None)
    if match is None:
        return None
    last = _clause_end(document, sentence, match.first)
    return document.article.text[tokens.starts[match.first] : tokens.ends[last - 1]]


def _clause_end(document: Document, sentence: Sentence, first: int) -> int:
    """The token after the clause that opens at `first`: a comma or semicolon, or the marks that close the sentence."""
    forms, last = document.tokens.forms, sentence.last
    while last > first + 1 and not forms[last - 1][0].isalnum():
        last -= 1
    return next((token for token in range(first + 1, last) if forms[token] in {",", ";"}), last)


@cache
def _conditions(language: str) -> Phrases[str]:
    rows = lexicon(load_pack(language), "conditions", ConditionRow)
    return Phrases((tokenise(row.phrase).lowers, row.phrase) for row in rows)

"""What is kept of an article to tell which happening it is about: a pure function of its reading.

Words can be compared within a language; names, figures, parties, acts, places and days in any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import chain
from math import log, sqrt

from siaga.base.document import Reading
from siaga.base.event import Event, told_day
from siaga.base.story import Traits, Weighted
from siaga.link.rarity import Kind, rarity
from siaga.link.words import anchors, tokens

__all__ = ["traits_of"]

LEAD_SIGNS = 600
"""Code points of the text that count as its lead: two to four sentences, in which papers say what is new."""
MOST_WORDS = 60
MOST_NAMES = 40
MOST_ACTS = 24
SURE_ENOUGH = 0.4
"""Confidence (0 to 1) from which an event counts here."""
LEAST_LETTERS = 3


def traits_of(reading: Reading) -> Traits:
    """What an article is about."""
    article = reading.article
    language = article.language or ""
    title, text = article.title or "", article.text
    head, lead = _counts(title, text[:LEAD_SIGNS])
    whole, names = _counts(title, text)
    events = tuple(one for one in (*reading.title_events, *reading.events) if one.confidence >= SURE_ENOUGH)
    return Traits(
        id=article.id,
        language=article.language,
        day=(article.published or "")[:10] or None,
        title=_weighted("word", Counter(_words(tokens(title))), language, MOST_WORDS),
        lead=_weighted("word", head, language, MOST_WORDS),
        words=_weighted("word", whole, language, MOST_WORDS),
        names=_weighted("name", names, "", MOST_NAMES),
        lead_names=_weighted("name", lead, "", MOST_NAMES),
        acts=_weighted("act", Counter(_acts(events)), "", MOST_ACTS),
        places=_weighted("act", Counter(_places(events)), "", MOST_ACTS),
        days=tuple(sorted({told_day(one, None) for one in events if one.earliest and _is_narrow(one)})),
    )


def _counts(title: str, text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word, and each name or figure, stands in a title and a text."""
    found = tokens(f"{title}\n{text}")
    return Counter(_words(found)), Counter(chain.from_iterable(anchors(found)))


def _words(found: Iterable[str]) -> Iterator[str]:
    return (token.lower() for token in found if len(token) >= LEAST_LETTERS and token.isalpha())


def _acts(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        actors, recipients = _codes(event.actors), _codes(event.recipients)
        for actor in actors or ("?",):
            for recipient in recipients or ("?",):
                yield f"{event.type} {actor} {recipient}"
        yield from {*actors, *recipients}


def _codes(parties: Iterable[object]) -> tuple[str, ...]:
    return tuple(code for party in parties if (code := getattr(party, "code", None)))


def _places(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        if event.place and event.place.precision in {"site", "city", "region"}:
            yield f"@{event.place.name.casefold()}"


def _is_narrow(event: Event) -> bool:
    return event.earliest == event.latest


def _weighted(kind: Kind, counts: Mapping[str, int], language: str, most: int) -> Weighted:
    """Terms by how often they stand here (in logarithms) and how rare they are elsewhere."""
    raw = [(-(1 + log(count)) * rarity(kind, term, language), term) for term, count in counts.items()]
    kept = nsmallest(most, (one for one in raw if one[0] < 0))
    length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return tuple((term, round(-weight / length, 4)) for weight, term in kept)

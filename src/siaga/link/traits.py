"""What is kept of an article to tell which happening it is about: a pure function of its reading.

Words can be compared within a language; names, figures, parties, acts, places and days in any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log1p, sqrt

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
    head = f"{title}\n{text[:LEAD_SIGNS]}"
    events = tuple(one for one in (*reading.title_events, *reading.events) if one.confidence >= SURE_ENOUGH)
    return Traits(
        id=article.id,
        language=article.language,
        day=(article.published or "")[:10] or None,
        title=_weighted("word", Counter(_words(title)), language, MOST_WORDS),
        lead=_weighted("word", Counter(_words(head)), language, MOST_WORDS),
        words=_weighted("word", Counter(_words(f"{title}\n{text}")), language, MOST_WORDS),
        names=_weighted("name", Counter(_names(f"{title}\n{text}")), "", MOST_NAMES),
        lead_names=_weighted("name", Counter(_names(head)), "", MOST_NAMES),
        acts=_weighted("act", Counter(_acts(events)), "", MOST_ACTS),
        places=_weighted("act", Counter(_places(events)), "", MOST_ACTS),
        days=tuple(sorted({told_day(one, None) for one in events if one.earliest and _is_narrow(one)})),
    )


def _words(text: str) -> Iterator[str]:
    for token in tokens(text):
        if len(token) >= LEAST_LETTERS and token.isalpha():
            yield token.lower()


def _names(text: str) -> Iterator[str]:
    for sentence in anchors(tokens(text)):
        yield from sentence


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
    raw = {term: (1 + log1p(count - 1)) * rarity(kind, term, language) for term, count in counts.items()}
    kept = sorted(((term, weight) for term, weight in raw.items() if weight > 0), key=lambda one: (-one[1], one[0]))[
        :most
    ]
    length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return tuple((term, round(weight / length, 4)) for term, weight in kept)

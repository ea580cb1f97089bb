"""A title and key sentences for a story, picked from its articles word for word: nothing is ever made up.

What most texts of a story name counts most; copies of one text count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Evidence
from siaga.base.story import KeySentence, Traits
from siaga.link.rarity import rarity
from siaga.link.words import anchors, tokens

__all__ = ["centre_of", "key_sentences", "story_title"]

MOST = 4
"""Key sentences of a story."""
LONGEST = 400
"""Code points of a key sentence, at most: longer ones are lists and captions run together."""
SAME = 0.5
"""Share of its names and figures in sentences picked before, from which a sentence says nothing new."""
LOUD = frozenset("!?:“”\"'‘’")
"""Marks of a title that asks, shouts, or says it in somebody's words."""
LOUDNESS = 0.15
"""What each kind of such marks takes from a title's share of what the story names."""
LEAD = 0.3
"""What standing in the lead adds to a sentence."""
LEAD_SIGNS = 600
Centre = Mapping[str, float]


def story_title(readings: Sequence[Reading], centre: Centre) -> str | None:
    """The title that names most of what the story's texts name, and is no question or outcry."""
    titles = [reading.article for reading in readings if reading.article.title]
    best = max(
        titles, key=lambda article: (_title_worth(article, centre), -len(article.title or ""), article.id), default=None
    )
    return best.title if best else None


def key_sentences(readings: Sequence[Reading], centre: Centre) -> tuple[KeySentence, ...]:
    """Sentences that tell most of what the story's texts have in common, each with something that is new."""
    ranked = sorted(_candidates(readings, centre), key=lambda one: (-one[0], one[1].article, one[1].sentence.start))
    picked: list[KeySentence] = []
    said: set[str] = set()
    for _, sentence in ranked:
        terms = frozenset(_terms(sentence.sentence.text))
        if len(terms & said) <= SAME * len(terms):
            picked.append(sentence)
            said |= terms
        if len(picked) == MOST:
            break
    return tuple(picked)


def centre_of(traits: Iterable[Traits]) -> Centre:
    """What the texts of a story name, by how many of them do and how rare it is: one `Traits` a text."""
    counts: Counter[str] = Counter()
    for one in traits:
        counts.update(term for term, _ in one.names)
    return {term: count * rarity("name", term) for term, count in counts.items()}


def _candidates(readings: Iterable[Reading], centre: Centre) -> Iterator[tuple[float, KeySentence]]:
    """Sentences in which the reader found something that is done, with what they are worth."""
    for reading in readings:
        article = reading.article
        for sentence in dict.fromkeys(event.evidence for event in reading.events):
            if len(sentence.text) <= LONGEST:
                said = KeySentence(article=article.id, language=article.language, sentence=sentence)
                yield _worth(sentence, centre), said


def _worth(sentence: Evidence, centre: Centre) -> float:
    lead = 1 + LEAD * (sentence.start < LEAD_SIGNS)
    return lead * _share(sentence.text, centre) / sqrt(max(60, len(sentence.text)))


def _title_worth(article: Article, centre: Centre) -> float:
    """Names of the story for each name in the title: one that names much else is about something else, too."""
    title = article.title or ""
    whole = max(centre.values(), default=0.0) or 1.0
    named = len(set(_terms(title)))
    return _share(title, centre) / whole / sqrt(max(1, named)) - LOUDNESS * len(LOUD & set(title))


def _share(text: str, centre: Centre) -> float:
    return sum(centre.get(term, 0.0) for term in set(_terms(text)))


def _terms(text: str) -> Iterator[str]:
    for sentence in anchors(tokens(text)):
        yield from sentence

"""Stories and incidents: articles about one happening, and one real act told in many of them.

Reading ──▶ Traits ──StoryIndex──▶ Likeness ──clusters──▶ Story
Event, Event, … ──▶ Incident
"""

from __future__ import annotations

from typing import Literal

from siaga.base.event import EventType, Evidence, Magnitude, Party, Place, Status
from siaga.base.record import Record

__all__ = [
    "MOST_ELSEWHERE", "Assignment", "Contradiction", "Growth", "Held", "Incident", "KeySentence", "Likeness", "Past",
    "Related", "StatusTold", "Stories", "Story", "StoryChange", "Traits", "Weighted",
]  # fmt: skip


class KeySentence(Record):
    """A sentence that tells a story, word for word, and the article it stands in."""

    article: str
    language: str | None
    sentence: Evidence


class Related(Record):
    """Another story that is alike, but another happening."""

    story: str
    likeness: float
    """0 to 1: the highest probability of a pair of their articles to tell one story."""


class Story(Record):
    """A cluster of articles about one happening: one line of `siaga link --format jsonl`."""

    kind: Literal["story"]
    id: str
    title: str | None
    """That of the article nearest to all others; null where none has one."""
    articles: tuple[str, ...]
    """Ids, by day of publication."""
    lineages: int
    """Texts: articles that derive from one count once."""
    independent_sources: int
    sources: tuple[str, ...]
    """Names of the independent sources, where they are known."""
    owners: tuple[str, ...]
    """Owners of the outlets that print it."""
    first: str | None
    """Day of the first article."""
    last: str | None
    languages: tuple[str, ...]
    key_sentences: tuple[KeySentence, ...]
    related: tuple[Related, ...]


class Assignment(Record):
    """The story that an article belongs to."""

    article: str
    story: str


class StoryChange(Record):
    """What became of a story when others came.

    `merged`: it is part of the other now; `split`: it is new and was part of the other; `moved`: some of its articles
    are in the other now.
    """

    kind: Literal["merged", "split", "moved"]
    story: str
    other: str


class StatusTold(Record):
    """What an act was said to be, on the day it was said."""

    day: str | None
    """Of publication."""
    status: Status
    events: tuple[str, ...]


class Contradiction(Record):
    """What is told of one act in ways that can't all be true; each with the events that tell it."""

    field: Literal["magnitude", "place", "status", "day"]
    unit: str | None
    """Of numbers."""
    values: tuple[str, ...]
    events: tuple[tuple[str, ...], ...]
    """Ids, in the order of `values`."""


class Incident(Record):
    """One real act, merged from the event mentions of many articles: one line of `siaga link --format jsonl`."""

    kind: Literal["incident"]
    id: str
    story: str | None
    type: EventType
    status: Status
    """The latest: what was threatened may have happened since."""
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    earliest: str | None
    latest: str | None
    events: tuple[str, ...]
    """Ids, the best told first."""
    articles: tuple[str, ...]
    independent_sources: int
    status_history: tuple[StatusTold, ...]
    magnitude: tuple[Magnitude, ...]
    """Of each unit, the range that most agrees with what is told."""
    contradictions: tuple[Contradiction, ...]


class Stories(Record):
    """What some articles tell, taken together."""

    assignments: tuple[Assignment, ...]
    """One an article."""
    stories: tuple[Story, ...]
    """By the day of their first article."""
    incidents: tuple[Incident, ...]
    """Story by story."""


MOST_ELSEWHERE = 20
"""Articles of other stories that are looked at for the acts of one, at most: those published first."""

Weighted = tuple[tuple[str, float], ...]
"""Terms and their weights, the heaviest first; as a vector, of length 1."""


class Traits(Record):
    """What an article is about, as far as it is compared."""

    id: str
    language: str | None
    day: str | None
    """Of publication; null where it is not known."""
    title: Weighted
    """Words of the title."""
    lead: Weighted
    """Words of title and lead."""
    words: Weighted
    names: Weighted
    """Names and figures; those that we know as the word that stands for them in every language."""
    lead_names: Weighted
    acts: Weighted
    """Types with their parties, e.g. `ASSAULT ISR PSE`, and parties alone."""
    places: Weighted
    """Towns and sites in which something happens."""
    days: tuple[str, ...]
    """Days that are told in so many words for what happened."""


class Likeness(Record):
    """Two articles and the probability that they tell one story; `a` is the lesser id."""

    a: str
    b: str
    probability: float


class Past(Record):
    """Ids that articles at hand have founded, as far as they were ever used."""

    standing: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()


class Held(Record):
    """What is stored around the days of the articles that arrive."""

    traits: tuple[Traits, ...] = ()
    pairs: tuple[Likeness, ...] = ()
    """Between these articles."""
    stories: tuple[Assignment, ...] = ()
    settled: frozenset[str] = frozenset()
    """Articles too far from those that arrive to be moved between stories."""
    past: Past = Past()


class Growth(Record):
    """What changes when articles arrive."""

    pairs: tuple[Likeness, ...]
    """New ones."""
    assignments: tuple[Assignment, ...]
    """Of articles that arrived or are in another story now."""
    changes: tuple[StoryChange, ...]

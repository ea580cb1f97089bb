"""Which articles may tell the story of this one: those that share its rarest words, names and acts, and near days.

The index forgets nothing by itself, but looks only at days that are near: what an article costs grows with the news of
two weeks, not with all that is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from siaga.base.story import Traits
from siaga.link.likeness import Terms, likeness

__all__ = ["DAYS_NEAR", "LEAST_LIKENESS", "StoryIndex"]

DAYS_NEAR = 7
"""Days between two articles of one story, at most, unless others lie between them."""
LEAST_LIKENESS = 0.2
"""Probability below which a pair is not kept."""
MOST_CANDIDATES = 40
"""Articles that are compared in full with a new one."""
KEYS = {"words": 14, "lead": 10, "names": 14, "lead_names": 8, "acts": 8}
"""How many of the heaviest terms of each field an article is looked for by."""
Key = tuple[str, str]
Posting = tuple[str, float]


class StoryIndex:
    """Articles by their terms and days."""

    def __init__(self) -> None:
        self._terms: dict[str, Terms] = {}
        self._postings: defaultdict[int | None, defaultdict[Key, list[Posting]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, traits: Traits) -> None:
        """Take in an article; again, it changes nothing."""
        if traits.id in self._terms:
            return
        self._terms[traits.id] = Terms(traits)
        day = self._postings[self._terms[traits.id].day]
        for key, weight in _keys(traits):
            day[key].append((traits.id, weight))

    def alike(self, traits: Traits) -> Iterator[tuple[str, float]]:
        """The articles that may tell its story, and how probable that is."""
        own = Terms(traits)
        for other in self.candidates(traits):
            if (probability := likeness(own, self._terms[other])) >= LEAST_LIKENESS:
                yield other, round(probability, 4)

    def candidates(self, traits: Traits) -> Iterable[str]:
        """The articles that are worth a full comparison, the likeliest first."""
        day = date.fromisoformat(traits.day).toordinal() if traits.day else None
        shared: defaultdict[str, float] = defaultdict(float)
        keys = tuple(_keys(traits))
        for near in self._days(day):
            for key, weight in keys:
                for other, its_weight in near.get(key, ()):
                    shared[other] += weight * its_weight
        shared.pop(traits.id, None)
        return sorted(shared, key=lambda other: (-shared[other], other))[:MOST_CANDIDATES]

    def _days(self, day: int | None) -> Iterator[Mapping[Key, list[Posting]]]:
        near = (None,) if day is None else range(day - DAYS_NEAR, day + DAYS_NEAR + 1)
        return (self._postings[one] for one in near if one in self._postings)


def _keys(traits: Traits) -> Iterator[tuple[Key, float]]:
    """What an article is looked for by; words with their language."""
    for field, most in KEYS.items():
        kind = f"{field} {traits.language}" if field in {"words", "lead"} else field
        for term, weight in getattr(traits, field)[:most]:
            yield (kind, term), weight

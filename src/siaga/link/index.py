"""Candidates in memory: for a file of articles, and for tests; the store has its own (`siaga.store.candidates`)."""

from __future__ import annotations

from collections import defaultdict

from siaga.base.lineage import Candidate, Sketch

__all__ = ["MOST_SHARING", "MemoryIndex"]

MOST_SHARING = 64
"""Articles that may have a key before it says nothing any more: it is boilerplate, or everybody's news."""


class MemoryIndex:
    """A `CandidateIndex` of dictionaries."""

    def __init__(self) -> None:
        self._sketches: dict[str, Sketch] = {}
        self._by_key: defaultdict[int, set[str]] = defaultdict(set)
        self._by_digest: defaultdict[int, set[str]] = defaultdict(set)

    def add(self, sketch: Sketch) -> None:
        """Take in an article; again, it changes nothing."""
        if sketch.id in self._sketches:
            return
        self._sketches[sketch.id] = sketch
        self._by_digest[sketch.digest].add(sketch.id)
        for key in sketch.keys:
            self._by_key[key].add(sketch.id)

    def remove(self, article: str) -> None:
        """Forget an article."""
        if (sketch := self._sketches.pop(article, None)) is None:
            return
        self._by_digest[sketch.digest].discard(article)
        for key in sketch.keys:
            self._by_key[key].discard(article)

    def candidates(self, sketch: Sketch, *, most: int) -> tuple[Candidate, ...]:
        """The articles that share most with this one, best first."""
        shared: defaultdict[str, float] = defaultdict(float)
        for key in sketch.keys:
            having = self._by_key.get(key, ())
            if len(having) <= MOST_SHARING:
                for other in having:
                    shared[other] += 1 / len(having)
        same = self._by_digest.get(sketch.digest, set())
        found = (Candidate(id=one, exact=one in same, shared=shared[one]) for one in {*shared, *same} - {sketch.id})
        return tuple(sorted(found, key=lambda one: (not one.exact, -one.shared, one.id))[:most])

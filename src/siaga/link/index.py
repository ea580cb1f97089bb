"""Candidates in memory: for a file of articles; the store has its own index (`siaga.store.candidates`).

Keys lie in sorted runs of numbers, as in a log-structured merge tree: 12 bytes a key, and what one question costs grows
with the logarithm of how many articles there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.lineage import LEAST_KEYS, MOST_SHARING, Candidate, Sketch

__all__ = ["MemoryIndex"]

FRESH = 1 << 17
"""Keys that gather in a dictionary before they are sorted into a run."""


class _Run(NamedTuple):
    """Keys in order, and the number of the article that has each."""

    keys: NDArray[np.uint64]
    numbers: NDArray[np.uint32]


class MemoryIndex:
    """A `CandidateIndex` in memory."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sketches: dict[str, int] = {}
        self._digests: defaultdict[int, list[int]] = defaultdict(list)
        self._gone: set[int] = set()
        self._fresh: defaultdict[int, list[int]] = defaultdict(list)
        self._many = 0
        self._runs: list[_Run] = []

    def add(self, sketch: Sketch) -> None:
        """Take in an article; again, it changes nothing."""
        if sketch.id in self._sketches:
            return
        number = self._sketches[sketch.id] = len(self._ids)
        self._ids.append(sketch.id)
        self._digests[sketch.digest].append(number)
        for key in sketch.keys:
            self._fresh[key].append(number)
        self._many += len(sketch.keys)
        if self._many >= FRESH:
            self._sort_fresh()

    def remove(self, article: str) -> None:
        """Forget an article; one that is added again under its id is another."""
        if (number := self._sketches.pop(article, None)) is not None:
            self._gone.add(number)

    def candidates(self, sketch: Sketch, *, most: int) -> tuple[Candidate, ...]:
        """The articles that share most with this one, best first."""
        weights = self._weights(sketch)
        same = [number for number in self._digests.get(sketch.digest, ()) if number not in self._gone]
        found = {number: weights.get(number, 0.0) for number in (*weights, *same)}
        ranked = sorted(found, key=lambda one: (one not in same, -found[one], self._ids[one]))
        chosen = (number for number in ranked if self._ids[number] != sketch.id)
        return tuple(
            Candidate(id=self._ids[number], exact=number in same, shared=found[number])
            for number, _ in zip(chosen, range(most), strict=False)
        )

    def _weights(self, sketch: Sketch) -> dict[int, float]:
        found: defaultdict[int, list[float]] = defaultdict(list)
        for having in self._having(sketch):
            if 0 < len(having) <= MOST_SHARING:
                for number in having:
                    found[number].append(1 / len(having))
        return {number: fsum(weights) for number, weights in found.items() if len(weights) >= LEAST_KEYS}

    def _having(self, sketch: Sketch) -> Iterator[list[int]]:
        """For each key, the articles that have it; one that far too many have need not name them all."""
        asked = np.array(sketch.keys, dtype=np.uint64)
        having = [list(self._fresh.get(key, ())) for key in sketch.keys]
        for run in self._runs:
            first, last = np.searchsorted(run.keys, asked), np.searchsorted(run.keys, asked, "right")
            for place in np.flatnonzero(first < last).tolist():
                if len(having[place]) <= MOST_SHARING + len(self._gone):
                    having[place].extend(run.numbers[first[place] : last[place]].tolist())
        return iter(self._still_there(having) if self._gone else having)

    def _still_there(self, having: Iterable[list[int]]) -> list[list[int]]:
        return [[number for number in numbers if number not in self._gone] for numbers in having]

    def _sort_fresh(self) -> None:
        keys = np.repeat(
            np.fromiter(self._fresh.keys(), np.uint64, len(self._fresh)), [len(one) for one in self._fresh.values()]
        )
        numbers = np.fromiter((one for having in self._fresh.values() for one in having), np.uint32, self._many)
        self._runs.append(_sorted(keys, numbers))
        self._fresh.clear()
        self._many = 0
        while len(self._runs) > 1 and len(self._runs[-1].keys) * 2 >= len(self._runs[-2].keys):
            later, earlier = self._runs.pop(), self._runs.pop()
            keys = np.concatenate((earlier.keys, later.keys))
            self._runs.append(_sorted(keys, np.concatenate((earlier.numbers, later.numbers))))


def _sorted(keys: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> _Run:
    order = np.argsort(keys, kind="stable")
    return _Run(keys[order], numbers[order])

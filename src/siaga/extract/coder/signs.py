"""Signs: features that depend on the same values, named only where somebody asks, and weighed many at once.

To make the names of features takes longer than to weigh them. A sign says how its features would be named and of which
values; the sum of their weights is kept under a number made of all that, so that a reader names what it has not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from threading import Lock

import numpy as np
from numpy.typing import NDArray

__all__ = ["Scales", "Sign", "features_of"]

Sign = tuple[Callable[..., Sequence[str]], *tuple[str | int | bool | tuple[str, ...] | None, ...]]
"""A way of naming, and the values that it makes names of features of; no negative numbers, for Python's hashes of -1
and -2 are the same."""
PLACES = 1 << 17
"""Sums that scales can keep, each at the one place that its number points to; 1 MB, and as much for each model."""


def features_of(signs: Iterable[Sign]) -> list[str]:
    """The named features of some signs."""
    return [feature for naming, *values in signs for feature in naming(*values)]


class Scales:
    """Weighs signs by the weights of one or more models that ask of the same features; `places` is a power of 2."""

    def __init__(self, *models: Mapping[str, float], places: int = PLACES) -> None:
        self._models = models
        self._numbers = np.zeros(places, np.int64)
        self._sums = np.zeros((places, len(models)))
        self._lock = Lock()
        """Held while what is kept is read and changed: a number must never stand beside the sums of another."""

    def weigh(self, each: Sequence[Sequence[Sign]]) -> NDArray[np.float64]:
        """Of each list of signs (none empty) and each model: the sum of the weights of their features.

        A sum that is new takes the place of what was kept there; of several new ones, the last.
        """
        signs = list(chain.from_iterable(each))
        if not signs:
            return np.empty((0, len(self._models)))
        numbers = np.fromiter(map(hash, signs), np.int64, len(signs))
        with self._lock:
            sums = self._of(signs, numbers)
        first = np.cumsum([0, *map(len, each[:-1])])
        totals: NDArray[np.float64] = np.add.reduceat(sums, first, axis=0)
        return totals

    def _of(self, signs: Sequence[Sign], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """The sums of each sign, kept or new."""
        places = numbers & (len(self._numbers) - 1)
        sums: NDArray[np.float64] = self._sums.take(places, axis=0)
        new = np.flatnonzero(self._numbers.take(places) != numbers)
        if len(new):
            sums[new] = self._sums[places[new]] = [self._named(signs[at]) for at in new.tolist()]
            self._numbers[places[new]] = numbers[new]
        return sums

    def _named(self, sign: Sign) -> list[float]:
        """The sums of a sign, from the names of its features."""
        naming, *values = sign
        features = naming(*values)
        return [sum(map(model.get, features, repeat(0.0))) for model in self._models]

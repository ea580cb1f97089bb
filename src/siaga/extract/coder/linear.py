"""Linear models over named features: small, fast, and readable as a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record

__all__ = ["Linear", "Sign", "Softmax", "Spread", "features_of", "load_linear", "load_softmax", "sigmoid", "softmax"]


class Weight(Record):
    """A line of a model file: what a feature adds to the score of a class."""

    feature: str
    weight: float
    outcome: str = ""


Sign = tuple[Callable[..., Sequence[str]], *tuple[str | int | bool | None | tuple[str, ...], ...]]
"""What speaks for or against an answer: a way of naming, and the values that it makes names of features of.

To make names takes longer than to weigh them. The features of a sign depend on nothing but its values, so that their
weights are added up when it is first met, and the sum is kept.
"""
Spread = tuple[Callable[[str, str], Sequence[str]], str, Collection[str]]
"""A way of naming, a value, and others each of which makes a sign with it: the words around, with the type of the act."""
MOST_KEPT = 1 << 14
"""Sums that are kept at one place, some 4 MB. When there are more, all are forgotten: those that matter come again."""


def features_of(signs: Iterable[Sign], spreads: Iterable[Spread] = ()) -> list[str]:
    """The named features of some signs."""
    features = [feature for naming, *values in signs for feature in naming(*values)]
    for naming, common, each in spreads:
        features += [feature for value in each for feature in naming(value, common)]
    return features


class Linear:
    """A yes/no model: the log odds are the sum of the weights of the features that hold."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self._sums, self._tables = _Sums(weights), _Tables(weights)

    def weigh(self, signs: Iterable[Sign], spreads: Iterable[Spread] = ()) -> float:
        """Log odds of yes where these signs are met: the same as `score` of their features."""
        found = list(map(self._sums.__getitem__, signs))
        for naming, common, each in spreads:
            found += map(self._tables[naming, common].__getitem__, each)
        return math.fsum(found)

    def score(self, features: Iterable[str]) -> float:
        """Log odds of yes, summed exactly (the same on every Python); features without a weight add nothing."""
        return math.fsum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """Probability of yes."""
        return sigmoid(self.score(features))


class _Sums(dict[Sign, float]):
    """Sign -> the sum of the weights of its features; made when it is first asked for."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, sign: Sign) -> float:
        if len(self) >= MOST_KEPT:
            self.clear()
        naming, *values = sign
        self[sign] = found = math.fsum(map(self._weights.get, naming(*values), repeat(0.0)))
        return found


class _Table(dict[str, float]):
    """The same of the signs of one spread: small, and without a key to be made."""

    def __init__(self, weights: dict[str, float], naming: Callable[[str, str], Sequence[str]], common: str) -> None:
        super().__init__()
        self._weights, self._naming, self._common = weights, naming, common

    def __missing__(self, value: str) -> float:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[value] = found = math.fsum(map(self._weights.get, self._naming(value, self._common), repeat(0.0)))
        return found


class _Tables(dict[tuple[Callable[[str, str], Sequence[str]], str], _Table]):
    """Naming and common value -> the table of its spread."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, key: tuple[Callable[[str, str], Sequence[str]], str]) -> _Table:
        self[key] = found = _Table(self._weights, *key)
        return found


class Softmax(NamedTuple):
    """A model of several outcomes."""

    outcomes: dict[str, Linear]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Probability of each outcome; they add up to 1."""
        return softmax(self.scores(features))

    def weigh(self, signs: Sequence[Sign]) -> dict[str, float]:
        """Log odds of each outcome where these signs are met, up to a constant."""
        return {outcome: model.weigh(signs) for outcome, model in self.outcomes.items()}

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Log odds of each outcome, up to a constant."""
        held = tuple(features)
        return {outcome: model.score(held) for outcome, model in self.outcomes.items()}


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as probabilities that add up to 1."""
    highest = max(scores.values())
    odds = {outcome: math.exp(score - highest) for outcome, score in scores.items()}
    total = math.fsum(odds.values())
    return {outcome: value / total for outcome, value in odds.items()}


def sigmoid(score: float) -> float:
    """Log odds as a probability, safe for large scores."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


@cache
def load_linear(language: str, name: str) -> Linear:
    """The yes/no model `model/<name>.csv` of a pack."""
    return Linear({row.feature: row.weight for row in _rows(language, name)})


@cache
def load_softmax(language: str, name: str) -> Softmax:
    """The model of several outcomes `model/<name>.csv` of a pack."""
    by_outcome: dict[str, dict[str, float]] = {}
    for row in _rows(language, name):
        by_outcome.setdefault(row.outcome, {})[row.feature] = row.weight
    return Softmax({outcome: Linear(weights) for outcome, weights in by_outcome.items()})


def _rows(language: str, name: str) -> tuple[Weight, ...]:
    return read_rows(asset("lang", language, "model", f"{name}.csv"), Weight)

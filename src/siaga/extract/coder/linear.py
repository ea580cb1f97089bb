"""Linear models over named features: small, fast, and readable as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.coder.signs import Scales

__all__ = ["Linear", "Softmax", "load_linear", "load_softmax", "scales_of", "sigmoid", "softmax"]


class Weight(Record):
    """A line of a model file: what a feature adds to the score of a class."""

    feature: str
    weight: float
    outcome: str = ""


class Linear:
    """A yes/no model: the log odds are the sum of the weights of the features that hold."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def score(self, features: Iterable[str]) -> float:
        """Log odds of yes, summed exactly (the same on every Python); features without a weight add nothing."""
        return math.fsum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """Probability of yes."""
        return sigmoid(self.score(features))


class Softmax(NamedTuple):
    """A model of several outcomes."""

    outcomes: dict[str, Linear]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Probability of each outcome; they add up to 1."""
        return softmax(self.scores(features))

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Log odds of each outcome, up to a constant."""
        held = tuple(features)
        return {outcome: model.score(held) for outcome, model in self.outcomes.items()}


@lru_cache(maxsize=32)
def scales_of(*models: Linear) -> Scales:
    """What weighs signs by these models, which ask of the same features."""
    return Scales(*(model.weights for model in models))


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

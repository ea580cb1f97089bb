"""The weights of the two questions of linking: is one of these a copy, and which; each weight belongs to a feature."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Literal

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record

__all__ = ["INTERCEPT", "Model", "Question", "Weight", "load_model", "logistic"]

Question = Literal["lexical", "vectors", "direction"]
"""Copy or not, by likeness of words or of sentence vectors; and which of two articles was made from the other."""
INTERCEPT = "-"
"""Stands for the feature of the row that is always added."""


class Weight(Record):
    """A row of `assets/model/copies.csv`: what a unit of a feature adds to the log odds."""

    model: Question
    feature: str
    weight: float


class Model(Record):
    """A logistic regression whose features have names."""

    weights: tuple[tuple[str, float], ...]
    intercept: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of yes.

        Raises:
            KeyError: a feature that has a weight is not there; our mistake.

        """
        return logistic(self.log_odds(features))

    def log_odds(self, features: Mapping[str, float]) -> float:
        """The log odds of yes."""
        return self.intercept + sum(weight * features[name] for name, weight in self.weights)


def logistic(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + exp(-min(max(log_odds, -50.0), 50.0)))


@cache
def load_model(question: Question) -> Model:
    """The model that answers a question."""
    rows = [row for row in read_rows(asset("model", "copies.csv"), Weight) if row.model == question]
    return Model(
        weights=tuple((row.feature, row.weight) for row in rows if row.feature != INTERCEPT),
        intercept=sum(row.weight for row in rows if row.feature == INTERCEPT),
    )

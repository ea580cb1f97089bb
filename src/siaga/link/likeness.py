"""How alike two articles are in what they tell, and how probable it is that both tell one story.

A logistic model over eleven figures, one for articles in one language and one across languages; the weights are in
`assets/link/stories.toml`, fitted by `tools/train_stories.py` to pairs that were read by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from math import exp, log1p

from siaga.base.expected import convert
from siaga.base.pack import asset
from siaga.base.record import Record
from siaga.base.story import Traits

__all__ = ["FEATURES", "WITHIN", "Terms", "features", "likeness"]

FIELDS = ("title", "lead", "words", "names", "lead_names", "acts", "places")
FEATURES = (*FIELDS, "days", "gap", "both", "news")
WITHIN = frozenset({"title", "lead", "words"})
"""Fields that can be compared within a language only."""
UNKNOWN_GAP = 1.0
"""What stands for the days between two articles (in logarithms) if one has no day: nearly two."""
DAYS_ENOUGH = 2
"""Told days in common from which more say nothing more."""


class Weights(Record):
    """A logistic model: the log odds are the bias and, of each feature, figure times weight."""

    bias: float
    title: float = 0.0
    lead: float = 0.0
    words: float = 0.0
    names: float = 0.0
    lead_names: float = 0.0
    acts: float = 0.0
    places: float = 0.0
    days: float = 0.0
    gap: float = 0.0
    both: float = 0.0
    news: float = 0.0

    @property
    def vector(self) -> tuple[float, ...]:
        """The weights in the order of `FEATURES`."""
        return tuple(getattr(self, name) for name in FEATURES)


class StoryModel(Record):
    """What says whether two articles tell one story."""

    same_language: Weights
    across: Weights


class Terms:
    """The traits of an article with its terms by name, made once for many comparisons."""

    __slots__ = ("day", "days", "fields", "id", "language")

    def __init__(self, traits: Traits) -> None:
        self.id = traits.id
        self.language = traits.language
        self.day = date.fromisoformat(traits.day).toordinal() if traits.day else None
        self.days = frozenset(traits.days)
        self.fields: Mapping[str, Mapping[str, float]] = {name: dict(getattr(traits, name)) for name in FIELDS}


def likeness(one: Terms, other: Terms) -> float:
    """The probability that two articles tell one story."""
    same = one.language == other.language
    bias, weights = _model(same=same)
    return 1 / (1 + exp(-bias - sum(map(float.__mul__, weights, features(one, other)))))


def features(one: Terms, other: Terms) -> tuple[float, ...]:
    """The figures by which two articles are compared, in the order of `FEATURES`."""
    same = one.language == other.language
    cosines = tuple(0.0 if name in WITHIN and not same else _cosine(one, other, name) for name in FIELDS)
    _, _, words, names, _, acts, _ = cosines
    days = min(DAYS_ENOUGH, len(one.days & other.days)) / DAYS_ENOUGH
    gap = UNKNOWN_GAP if one.day is None or other.day is None else log1p(abs(one.day - other.day))
    return *cosines, days, gap, names * (words if same else acts), _news(one, other, same=same)


def _news(one: Terms, other: Terms, *, same: bool) -> float:
    """How much of what one says first the other says anywhere: the mean of both ways."""
    first, anywhere = ("lead", "words") if same else ("lead_names", "names")
    return (_share(one.fields[first], other.fields[anywhere]) + _share(other.fields[first], one.fields[anywhere])) / 2


def _share(terms: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The share of the terms' weight (squared, it adds up to 1) that the other has, too."""
    return sum([weight * weight for term, weight in terms.items() if term in other])


def _cosine(one: Terms, other: Terms, field: str) -> float:
    fewer, more = one.fields[field], other.fields[field]
    if len(fewer) > len(more):
        fewer, more = more, fewer
    return sum([weight * more[term] for term, weight in fewer.items() if term in more])


@cache
def _model(*, same: bool) -> tuple[float, tuple[float, ...]]:
    table = tomllib.loads(asset("link", "stories.toml").read_text("utf-8"))
    model = convert(table, StoryModel, "link/stories.toml")
    weights = model.same_language if same else model.across
    return weights.bias, weights.vector

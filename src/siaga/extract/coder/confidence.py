"""How probable it is that an event is right as a whole: its type, its status and both sides.

The models' own probabilities are of single questions, and not independent: who is sure of the trigger is mostly sure of
the parties. A logistic model over their log odds says how often such an event was a fact in hand-coded sentences that
the models had not seen (`tools/train_coder.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.coder.linear import sigmoid

__all__ = ["Certainty", "confidence", "load_confidence", "numbers"]

UTMOST = 5.0
"""Log odds beyond which nothing is more certain."""


class Certainty(NamedTuple):
    """How probable each part of an event is."""

    trigger: float
    status: float
    actors: Sequence[float]
    recipients: Sequence[float]


class WeightRow(Record):
    feature: str
    weight: float


def confidence(certainty: Certainty, weights: Mapping[str, float]) -> float:
    """The probability that type, status and both sides are right."""
    return sigmoid(math.fsum(weights[name] * value for name, value in numbers(certainty).items()))


def numbers(certainty: Certainty) -> dict[str, float]:
    """What the model looks at, by name."""
    found = {"bias": 1.0, "trigger": _log_odds(certainty.trigger), "status": _log_odds(certainty.status)}
    for side in ("actors", "recipients"):
        parties = sorted(map(_log_odds, getattr(certainty, side)))
        found |= {
            side: parties[0] if parties else 0.0,
            f"no {side}": float(not parties),
            f"plural {side}": float(len(parties) > 1),
        }
    return found


def _log_odds(probability: float) -> float:
    inner = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-UTMOST, min(UTMOST, math.log(inner / (1 - inner))))


@cache
def load_confidence() -> dict[str, float]:
    """The weights that ship."""
    return {row.feature: row.weight for row in read_rows(asset("model", "confidence.csv"), WeightRow)}

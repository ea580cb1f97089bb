"""How good forecasts were: average precision, Brier score, calibration error, CRPS, and how sure we are of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from siaga.base.record import Record
from siaga.monitor.panel import Flags, Floats, Places

__all__ = [
    "Bin", "average_precision", "brier", "by_unit", "calibration_error", "crps", "interval", "reliability",
]  # fmt: skip

BINS = 10
LEVEL = 0.95
"""Of intervals."""


class Bin(Record):
    """Forecasts between two probabilities."""

    low: float
    high: float
    forecasts: int
    mean: float | None
    """Of their probabilities; null where there are none."""
    share: float | None
    """Of them that turned out positive."""


def average_precision(positive: Flags, scores: Floats) -> float | None:
    """The mean of the precision at each positive, best scores first; equal scores come as one (as scikit-learn has it).

    Null where nothing is positive.
    """
    if not positive.any():
        return None
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    precision, recall = hits[last] / (last + 1), hits[last] / hits[-1]
    return float((np.diff(recall, prepend=0) * precision).sum())


def brier(positive: Flags, chances: Floats) -> float:
    """The mean squared distance of probabilities from what happened."""
    return float(((chances - positive) ** 2).mean())


def reliability(positive: Flags, chances: Floats) -> tuple[Bin, ...]:
    """Probabilities in ten bins of equal width, with what came of them."""
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    return tuple(_bin(place / BINS, chances[places == place], positive[places == place]) for place in range(BINS))


def calibration_error(positive: Flags, chances: Floats) -> float:
    """The expected calibration error: how far mean probability and share of a bin lie apart, by size of the bins."""
    bins = reliability(positive, chances)
    missed = (
        one.forecasts * abs(one.mean - one.share) for one in bins if one.mean is not None and one.share is not None
    )
    return float(sum(missed) / len(chances))


def crps(draws: Floats, observed: Floats) -> Floats:
    """The continuous ranked probability score of draws (forecasts by draws) against what was observed.

    E|X - y| - E|X - X'|/2 over the draws as they are (Gneiting & Raftery 2007, eq. 21); in units of what is counted.
    """
    ordered = np.sort(draws, axis=1)
    number = ordered.shape[1]
    ranks = 2 * np.arange(1, number + 1) - number - 1
    apart: Floats = np.abs(ordered - observed[:, None]).mean(axis=1) - (ordered * ranks).sum(axis=1) / number**2
    return apart


def by_unit(units: int, rounds: int, seed: int) -> tuple[Places, ...]:
    """Units drawn with replacement, `rounds` times: neighbouring steps of one unit are no independent evidence."""
    dice = np.random.default_rng(seed)
    return tuple(dice.integers(0, units, units) for _ in range(rounds))


def interval(values: Callable[[Places], float | None], drawn: tuple[Places, ...]) -> tuple[float, float] | None:
    """The 95 % interval of a figure over drawn units; null where it is mostly undefined."""
    found = [value for units in drawn if (value := values(units)) is not None]
    if len(found) < len(drawn) // 2 or not found:
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _bin(low: float, chances: Floats, positive: Flags) -> Bin:
    count = len(chances)
    return Bin(
        low=round(low, 2), high=round(low + 1 / BINS, 2), forecasts=count,
        mean=float(chances.mean()) if count else None, share=float(positive.mean()) if count else None,
    )  # fmt: skip

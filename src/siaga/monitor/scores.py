"""How good forecasts were: average precision, Brier score, calibration error, CRPS, and how sure we are of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from siaga.base.record import Record
from siaga.monitor.panel import Flags, Floats, Places

__all__ = [
    "Bin", "average_precision", "brier", "by_unit", "calibration_error", "crps", "drawn_precision", "interval",
    "interval_of", "reliability",
]  # fmt: skip

BINS = 10
MOST_CELLS = 500_000
"""Draws times levels that are summed at a time: 4 MB for each of some sums."""
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


def drawn_precision(positive: Flags, scores: Floats, owners: Places, draws: Floats) -> Floats:
    """The average precision for units that are drawn more than once, or not at all; NaN where nothing is positive then.

    Args:
        positive: what happened, a row each.
        scores: of the rows.
        owners: the unit that each row is of.
        draws: by units, how often each unit was drawn.

    """
    if not positive.any():
        return np.full(len(draws), np.nan)
    levels = np.unique(scores[positive])[::-1]  # what lies below the last positive one changes nothing
    places = np.searchsorted(-levels, -scores)
    shape = draws.shape[1], len(levels)
    hits, asked = (_counted(owners[rows], places[rows], shape) for rows in (positive, places < len(levels)))
    some = np.array_split(draws, max(1, draws.shape[0] * len(levels) // MOST_CELLS))
    return np.concatenate([_precision_of(one @ hits, one @ asked) for one in some])


def _counted(owners: Places, places: Places, shape: tuple[int, int]) -> csr_array:
    """How many rows each unit has at each level."""
    return csr_array((np.ones(len(owners)), (owners, places)), shape=shape)


def _precision_of(hits: Floats, asked: Floats) -> Floats:
    """By numbers at each level, best first: draws by levels."""
    found, whole = np.cumsum(hits, axis=1), np.cumsum(asked, axis=1)
    precision = np.divide(found, whole, out=np.zeros_like(found), where=whole > 0)
    undefined, gained = np.full(len(hits), np.nan), (hits * precision).sum(axis=1)
    result: Floats = np.divide(gained, found[:, -1], out=undefined, where=found[:, -1] > 0)
    return result


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
    return interval_of(np.array([np.nan if (value := values(units)) is None else value for units in drawn]))


def interval_of(values: Floats) -> tuple[float, float] | None:
    """The 95 % interval of what was found in each draw; NaN where it is undefined, null where it mostly is."""
    found = values[~np.isnan(values)]
    if len(found) < len(values) // 2 or not len(found):
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _bin(low: float, chances: Floats, positive: Flags) -> Bin:
    count = len(chances)
    return Bin(
        low=round(low, 2), high=round(low + 1 / BINS, 2), forecasts=count,
        mean=float(chances.mean()) if count else None, share=float(positive.mean()) if count else None,
    )  # fmt: skip

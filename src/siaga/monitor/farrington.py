"""The improved Farrington method (Noufaily et al. 2013, Statistics in Medicine 32:1206): the field's yardstick.

Quasi-Poisson regression with a trend and ten-level season on three years, past outliers weighted down, and a bound from
the negative binomial with the estimates plugged in. Agrees with `farringtonFlexible` of R's surveillance 1.20.3
(b=3, w=3, noPeriods=10, pastWeeksNotIncluded=26, pThresholdTrend=1, thresholdMethod="nbPlugin", weeks as dates) on
every bound of 624 measured; tests/unit/monitor/test_farrington.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

import numpy as np
from scipy.special import gammainc
from scipy.stats import nbinom

from siaga.base.record import Record
from siaga.monitor.baseline import anscombe
from siaga.monitor.panel import Floats, Places

__all__ = ["Bound", "farrington_bound"]

YEARS, HALF_WINDOW, SEASONS, LEFT_OUT = 3, 3, 10, 26
"""Years looked back on, weeks either side of the same week then, parts of a year, weeks left out before now."""
OUTLIER = 2.58
ROUNDS = 60
CONVERGED = 1e-9
START = 0.1


class Bound(Record):
    """What was expected in a week, and the count above which it is unusual."""

    expected: float
    upper: float


def farrington_bound(
    weeks: Sequence[date], counts: Floats, place: int, *, exposure: Floats | None = None, alpha: float = 0.01
) -> Bound:
    """The bound of one week from those before it.

    Args:
        weeks: the first day of each, all in a row.
        counts: of each week.
        place: of the week asked about; three years and three weeks must lie before it.
        exposure: of each week; the counts are expected in proportion to it.
        alpha: the chance of a count above the bound if all is as usual.

    Raises:
        ValueError: too little lies before it.

    """
    seasons = _seasons(weeks, place)
    past = np.flatnonzero((seasons > 0) & (np.arange(len(counts)) < place - LEFT_OUT))
    offset = np.zeros(len(counts)) if exposure is None else np.log(exposure)
    observed = counts[past]
    now = _design(np.array([place - past[0]]), np.array([SEASONS]), trend=True)
    for trend in (True, False):
        design = _design(past - past[0], seasons[past], trend=trend)
        weights, dispersion = _robust(design, observed, offset[past])
        term = now if trend else np.delete(now, 1, axis=1)
        expected = float(np.exp(term @ weights + offset[place])[0])
        if expected <= observed.max():  # a trend that leads beyond all that was seen is left out
            break
    return Bound(expected=expected, upper=_upper(expected, dispersion, alpha))


def _upper(expected: float, dispersion: float, alpha: float) -> float:
    if dispersion > 1:
        return float(nbinom.ppf(1 - alpha, expected / (dispersion - 1), 1 / dispersion))
    return float(next(count for count in range(10**9) if gammainc(count + 1, expected) <= alpha))


def _design(weeks: Places, seasons: Places, *, trend: bool) -> Floats:
    terms = [np.ones(len(weeks)), *([weeks.astype(np.float64)] if trend else [])]
    return np.stack([*terms, *((seasons == part).astype(np.float64) for part in range(2, SEASONS + 1))], axis=1)


def _robust(design: Floats, counts: Floats, offset: Floats) -> tuple[Floats, float]:
    """Weights and dispersion after outliers of a first fit are weighted down."""
    _, mean, dispersion, leverage = _quasi_poisson(design, counts, offset, np.ones(len(counts)))
    residual = anscombe(counts, mean, dispersion * (1 - leverage))
    far = residual > OUTLIER
    worth = np.where(far, np.where(far, residual, 1.0) ** -2, 1.0)
    weights, _, dispersion, _ = _quasi_poisson(design, counts, offset, worth * len(worth) / worth.sum())
    return weights, dispersion


def _quasi_poisson(
    design: Floats, counts: Floats, offset: Floats, worth: Floats
) -> tuple[Floats, Floats, float, Floats]:
    """Weights, means, dispersion (1 at least) and leverages of a log-linear fit, by iterated least squares."""
    scores: Floats = np.log(counts + START)
    weights: Floats = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        fitted = np.exp(scores)
        scaled = design * (worth * fitted)[:, None]
        aim = scaled.T @ (scores - offset + (counts - fitted) / fitted)
        weights = np.linalg.solve(scaled.T @ design, aim).astype(np.float64)
        before, scores = scores, design @ weights + offset
        if np.abs(scores - before).max() < CONVERGED:
            break
    mean: Floats = np.exp(scores)
    scaled = design * (worth * mean)[:, None]
    leverage: Floats = np.einsum("ij,jk,ik->i", design, np.linalg.inv(scaled.T @ design), scaled)
    dispersion = float((worth * (counts - mean) ** 2 / mean).sum()) / (len(counts) - design.shape[1])
    return weights, mean, max(dispersion, 1.0), leverage


def _seasons(weeks: Sequence[date], place: int) -> Places:
    """The part of the year of each week, 0 outside of the years looked back on; weeks around now are the last part."""
    same = [_same_week(weeks, place, years) for years in range(YEARS + 1)]
    parts = np.zeros(len(weeks), dtype=np.int64)
    parts[max(0, place - HALF_WINDOW) : place + 1] = SEASONS
    for later, earlier in pairwise(same):
        parts[earlier - HALF_WINDOW : earlier + HALF_WINDOW + 1] = SEASONS
        begin, between = earlier + HALF_WINDOW + 1, later - earlier - 2 * HALF_WINDOW - 1
        each, left = divmod(between, SEASONS - 1)
        ends = accumulate((each + (part < left) for part in range(SEASONS - 1)), initial=0)
        for part, (first, last) in enumerate(pairwise(ends), 1):
            parts[begin + first : begin + last] = part
    return parts


def _same_week(weeks: Sequence[date], place: int, years: int) -> int:
    """The week that begins nearest to the same day so many years before.

    Raises:
        ValueError: it, or the weeks around it, are not there.

    """
    now = weeks[place]
    wanted = now.replace(year=now.year - years, day=min(now.day, 28)) + timedelta(days=max(0, now.day - 28))
    steps = round((wanted - now).days / 7)
    if place + steps < HALF_WINDOW:
        raise ValueError(f"{now}: expected {YEARS} years and {HALF_WINDOW} weeks before it")
    return place + steps

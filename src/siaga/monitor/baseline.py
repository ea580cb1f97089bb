"""How many events are usual: a negative-binomial regression for each unit, on its own past and its neighbours'.

Weeks long ago count less (their weight halves in `HALF_LIFE`). The logarithm of the exposure is an offset, so that more
coverage alone is nothing unusual. Trend and season come in with 104 weeks, held short by a ridge. Weeks that were
unusual themselves are weighted down by their Anscombe residual (Noufaily et al. 2013), the last four are left out, and
so are closed episodes: a crisis must not become what is usual. Level and spread are drawn towards those of all units
(empirical Bayes), so that a unit with a short or an empty past has a baseline, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betainc

from siaga.monitor.panel import Flags, Floats, Places

__all__ = ["Usual", "anscombe", "bound", "chance_of_more", "middle_chance", "usual"]

HALF_LIFE = 39.0
"""Weeks. Tuned, as RIDGE, on bursts injected into ICEWS series: 26 finds .02 to .04 fewer; 52 masks crises."""
LEFT_OUT = 4
"""Weeks before the one asked about."""
WINDOW = 156
"""Weeks looked back on, at the most."""
LEAST_FOR_SEASON = 104
YEAR = 52.18
RIDGE = (200.0, 40.0, 40.0)
"""Against trend, sine and cosine."""
LEAST_PRIOR_SPREAD = 0.7
"""Of log rates among units."""
POOLED_WEEKS = 20.0
"""Weeks that the spread of all units counts as, in the spread of one."""
USUAL_RESIDUAL = 3.3
"""Anscombe residuals above it are weighted down: one week in two thousand by chance. With 2.58, as Noufaily et al. have
it, less is found of pairs whose ordinary weeks come in bursts. Tuned as `HALF_LIFE`, and no worse on ICEWS of 2005 to
2015, which chose nothing."""
ROUNDS, STEPS = 3, 8
"""Of weighting anew, and of Newton within each."""
LONGEST_STEP = 2.0
CONVERGED = 1e-6
MOST_LOG = 12.0
START_SIZE = 2.0
LEAST_SPREAD, MOST_SPREAD = 0.01, 10.0
LEAST_POOLED, MOST_POOLED, USUAL_POOLED = 0.05, 5.0, 0.5
ENOUGH_EVENTS = 5
"""Events expected of a unit before its spread is worth a word in that of all."""
MOST_DOUBT = 2.0
"""Variance of the log mean, at the most."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for each unit in one week."""

    mean: Floats
    size: Floats
    """Of the negative binomial; our doubt about the mean is in it."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What a fit looks back on."""

    counts: Floats
    offset: Floats
    design: Floats
    """Weeks by terms, the same for all units."""
    weights: Floats
    centre: float
    spread: float
    """Prior of the log rate."""
    peers: Places
    """Rows whose spread tells that of all."""


def usual(
    counts: Floats,
    week: int,
    exposure: Floats | None = None,
    cut: Flags | None = None,
    *,
    peers: Places | None = None,
) -> Usual:
    """What is usual in a week, from the weeks before it.

    Args:
        counts: units by weeks.
        week: its place; what comes after it is not looked at.
        exposure: units by weeks, above 0; the counts of that week are expected in proportion to it.
        cut: weeks to leave out, those of closed episodes.
        peers: rows that tell how unlike each other units are; null: all.

    """
    weeks = np.arange(max(0, week - WINDOW), max(1, week - LEFT_OUT))
    past = _past(counts, weeks, week, (exposure, cut, np.arange(len(counts)) if peers is None else peers))
    spread, weighted = np.full(len(counts), 1 / START_SIZE), past
    weights = None
    for _ in range(ROUNDS):
        weights, mean, doubt = _fit(weighted, spread, weights)
        spread = _spread(weighted, mean)
        weighted = _weighted_down(past, mean, spread)
    now = _terms(np.array([week]), week, len(weeks))[0]
    offset = np.zeros(len(counts)) if exposure is None else np.log(exposure[:, week])
    variance = np.einsum("p,upq,q->u", now, doubt, now)
    told = np.exp(np.clip(weights @ now + offset, -MOST_LOG, MOST_LOG))
    return Usual(told, 1 / (spread + np.minimum(variance, MOST_DOUBT)))


def chance_of_more(counts: Floats, expected: Usual) -> Floats:
    """The chance of so many events or more, if all is as usual."""
    share = expected.mean / (expected.mean + expected.size)
    tail: Floats = betainc(np.maximum(counts, 1), expected.size, share)
    return np.where(counts <= 0, 1.0, tail)


def bound(expected: Usual, level: float) -> Floats:
    """The highest count that is not unusual: that of one more is at or below the level."""
    from scipy.stats import nbinom  # noqa: PLC0415 - slow to load

    highest: Floats = nbinom.isf(level, expected.size, expected.size / (expected.size + expected.mean))
    return highest


def middle_chance(counts: Floats, expected: Usual) -> Floats:
    """The same with this very count weighing half: a chance to rank by, for counts come in steps."""
    return (chance_of_more(counts, expected) + chance_of_more(counts + 1, expected)) / 2


def anscombe(counts: Floats, mean: Floats, variance_ratio: Floats | float) -> Floats:
    """Residuals that are about normal for counts: 1.5 (y^2/3 m^-1/6 - m^1/2) over the root of variance by mean."""
    raw: Floats = 1.5 * (counts ** (2 / 3) * mean ** (-1 / 6) - mean**0.5)
    return raw / np.sqrt(variance_ratio)


def _past(counts: Floats, weeks: Places, week: int, about: tuple[Floats | None, Flags | None, Places]) -> _Past:
    exposure, cut, peers = about
    observed = counts[:, weeks]
    offset = np.zeros_like(observed) if exposure is None else np.log(exposure[:, weeks])
    weights = np.broadcast_to(0.5 ** ((week - LEFT_OUT - 1 - weeks) / HALF_LIFE), observed.shape)
    if cut is not None:
        weights = weights * ~cut[:, weeks]
    rates = np.log(((observed * weights).sum(axis=1) + 0.5) / ((np.exp(offset) * weights).sum(axis=1) + 0.5))
    spread = max(float(rates[peers].std()), LEAST_PRIOR_SPREAD)
    terms = _terms(weeks, week, len(weeks))
    return _Past(observed, offset, terms, weights, float(rates[peers].mean()), spread, peers)


def _terms(weeks: Places, week: int, length: int) -> Floats:
    """Level and, for a long past, trend in years and season."""
    terms = [np.ones(len(weeks))]
    if length >= LEAST_FOR_SEASON:
        turn = 2 * np.pi * weeks / YEAR
        terms += [(weeks - week) / YEAR, np.sin(turn), np.cos(turn)]
    return np.stack(terms, axis=1)


def _fit(past: _Past, spread: Floats, start: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Weights, means of the past weeks, and covariance of the weights, of all units at once."""
    terms = past.design.shape[1]
    penalty = np.diag([past.spread**-2, *RIDGE[: terms - 1]])
    centre = np.zeros(terms)
    centre[0] = past.centre
    weights: Floats = np.repeat(centre[None], len(past.counts), axis=0) if start is None else start
    for _ in range(STEPS):
        mean, curvature = _curvature(past, weights, spread, penalty)
        pull = past.weights * (past.counts - mean) / (1 + mean * spread[:, None])
        gradient = pull @ past.design - (weights - centre) @ penalty
        step = np.linalg.solve(curvature, gradient[..., None])[..., 0].astype(np.float64)
        weights = weights + np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        if np.abs(step).max() < CONVERGED:
            break
    mean, curvature = _curvature(past, weights, spread, penalty)
    doubt: Floats = np.linalg.inv(curvature).astype(np.float64)
    return weights, mean, doubt


def _curvature(past: _Past, weights: Floats, spread: Floats, penalty: Floats) -> tuple[Floats, Floats]:
    mean = np.exp(np.clip(weights @ past.design.T + past.offset, -MOST_LOG, MOST_LOG))
    worth = past.weights * mean / (1 + mean * spread[:, None])
    terms = past.design.shape[1]
    products = (past.design[:, :, None] * past.design[:, None, :]).reshape(len(past.design), -1)
    return mean, (worth @ products).reshape(-1, terms, terms) + penalty


def _spread(past: _Past, mean: Floats) -> Floats:
    """Variance beyond chance, by squared mean, by moments: each unit's own, drawn to the middle of all."""
    beyond = (past.weights * ((past.counts - mean) ** 2 - mean)).sum(axis=1)
    squared = (past.weights * mean**2).sum(axis=1)
    telling = past.peers[mean[past.peers].sum(axis=1) > ENOUGH_EVENTS]
    own = np.clip(beyond / np.maximum(squared, 1e-9), 0, MOST_POOLED)
    pooled = max(float(np.median(own[telling])), LEAST_POOLED) if len(telling) else USUAL_POOLED
    prior = POOLED_WEEKS * (mean**2).mean(axis=1)
    drawn: Floats = (beyond + pooled * prior) / np.maximum(squared + prior, 1e-9)
    return np.clip(drawn, LEAST_SPREAD, MOST_SPREAD)


def _weighted_down(past: _Past, mean: Floats, spread: Floats) -> _Past:
    residual = np.maximum(anscombe(past.counts, mean, 1 + mean * spread[:, None]), USUAL_RESIDUAL)
    weights = past.weights * (USUAL_RESIDUAL / residual) ** 2
    return replace(past, weights=weights)

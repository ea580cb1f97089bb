"""Counts that spread wider than chance alone: the negative binomial, its tails, and regression with it (NB2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc, digamma, gammaln

from siaga.monitor.panel import Floats

__all__ = ["CountRegression", "at_least", "fit_counts"]

MOST_LOG_MEAN = 12.0
"""Means stay between exp(-12) and exp(12): beyond it a fit only runs away."""
MOST_LOG_SIZE = 6.0
LEAST_SPREAD = 1e-9
START_LOG_SIZE = -1.0
MOST_ROUNDS = 200


def at_least(threshold: float, mean: Floats, size: Floats | float) -> Floats:
    """The probability of `threshold` or more, of a negative binomial with this mean and size (variance m + m²/size)."""
    whole = np.ceil(threshold)
    result: Floats = betainc(whole, size, mean / (mean + size)) if whole > 0 else np.ones_like(mean)
    return result


@dataclass(frozen=True, slots=True)
class CountRegression:
    """A fitted regression: the mean and the size of a count from features."""

    centre: Floats
    spread: Floats
    weights: Floats
    """The first is the intercept; log mean."""
    size: tuple[float, float]
    """Log size at log mean 0, and how it grows with the log mean."""

    def predicted(self, features: Floats) -> tuple[Floats, Floats]:
        """Mean and size of each row."""
        scores = _scores(_design((features - self.centre) / self.spread), self.weights)
        return np.exp(scores), _sizes(self.size, scores)


def fit_counts(features: Floats, counts: Floats, ridge: float) -> CountRegression:
    """The negative-binomial regression that fits best, by maximum likelihood with a ridge on all but the intercept."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
    design = _design((features - centre) / spread)
    start = np.zeros(design.shape[1] + 2)
    start[0], start[-2] = np.log(counts.mean() + LEAST_SPREAD), START_LOG_SIZE
    found = minimize(
        _loss, start, args=(design, counts, ridge), jac=True, method="L-BFGS-B", options={"maxiter": MOST_ROUNDS}
    )
    return CountRegression(centre, spread, found.x[:-2], (float(found.x[-2]), float(found.x[-1])))


def _loss(parameters: Floats, design: Floats, counts: Floats, ridge: float) -> tuple[float, Floats]:
    """The negative log-likelihood with its ridge, and its gradient."""
    weights, base, slope = parameters[:-2], parameters[-2], parameters[-1]
    scores = _scores(design, weights)
    mean, size = np.exp(scores), _sizes((base, slope), scores)
    log_share = np.log(size / (size + mean))
    likelihood = gammaln(counts + size) - gammaln(size) + size * log_share + counts * np.log(mean / (mean + size))
    by_size = size * (digamma(counts + size) - digamma(size) + log_share + 1 - (counts + size) / (size + mean))
    by_score = counts - mean * (counts + size) / (size + mean) + by_size * slope
    shrunk = np.concatenate([[0.0], weights[1:]])
    gradient = np.concatenate([design.T @ by_score - ridge * shrunk, [by_size.sum(), (by_size * scores).sum()]])
    return float(ridge * shrunk @ shrunk / 2 - likelihood.sum()), -gradient


def _design(scaled: Floats) -> Floats:
    return np.column_stack([np.ones(len(scaled)), scaled])


def _scores(design: Floats, weights: Floats) -> Floats:
    return np.clip(design @ weights, -MOST_LOG_MEAN, MOST_LOG_MEAN)


def _sizes(size: tuple[float, float], scores: Floats) -> Floats:
    return np.exp(np.clip(size[0] + size[1] * scores, -MOST_LOG_SIZE, MOST_LOG_SIZE))

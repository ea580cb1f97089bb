"""Logistic regression with a ridge, fitted by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from siaga.monitor.panel import Floats

__all__ = ["Logistic", "fit_logistic"]

MOST_ROUNDS = 40
SMALLEST_STEP = 1e-4
CONVERGED = 1e-6
"""Gain in log-likelihood below which we stop."""
LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted regression: probabilities from features."""

    centre: Floats
    spread: Floats
    weights: Floats
    """The first is the intercept."""

    def odds(self, features: Floats) -> Floats:
        """The log-odds of each row."""
        return _design((features - self.centre) / self.spread) @ self.weights


def fit_logistic(features: Floats, labels: Floats, ridge: float) -> Logistic:
    """The regression that fits best.

    Args:
        features: rows by features; put on one scale here.
        labels: 0 or 1 for each row.
        ridge: half of it times the squared weights, but for the intercept, is taken from the log-likelihood.

    """
    centre, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
    design = _design((features - centre) / spread)
    penalty = np.diag([LEAST_SPREAD, *[ridge] * features.shape[1]])
    weights = np.zeros(design.shape[1])
    weights[0] = logit(np.clip(labels.mean(), LEAST_SPREAD, 1 - LEAST_SPREAD))
    reached = _likelihood(design, labels, penalty, weights)
    for _ in range(MOST_ROUNDS):
        step = _newton_step(design, labels, penalty, weights)
        weights, now = _climbed(design, labels, penalty, (weights, step, reached))
        if now - reached < CONVERGED:
            break
        reached = now
    return Logistic(centre, spread, weights)


def _design(scaled: Floats) -> Floats:
    return np.column_stack([np.ones(len(scaled)), scaled])


def _likelihood(design: Floats, labels: Floats, penalty: Floats, weights: Floats) -> float:
    scores = design @ weights
    return float((labels * scores - np.logaddexp(0, scores)).sum() - weights @ penalty @ weights / 2)


def _newton_step(design: Floats, labels: Floats, penalty: Floats, weights: Floats) -> Floats:
    chance = expit(design @ weights)
    gradient = design.T @ (labels - chance) - penalty @ weights
    curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
    return np.linalg.solve(curvature, gradient)


def _climbed(
    design: Floats, labels: Floats, penalty: Floats, state: tuple[Floats, Floats, float]
) -> tuple[Floats, float]:
    """The weights after a step, halved until it leads upwards, and their likelihood."""
    weights, step, reached = state
    share = 1.0
    while share > SMALLEST_STEP:
        now = _likelihood(design, labels, penalty, weights + share * step)
        if now >= reached:
            return weights + share * step, now
        share /= 2
    return weights, reached

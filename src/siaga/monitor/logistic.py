"""Logistic regression with a ridge, fitted by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import expit, logit

from siaga.monitor.panel import Floats

__all__ = ["LEAST_SPREAD", "Climbed", "Logistic", "Problem", "climb", "fit_logistic"]

MOST_ROUNDS = 40
SMALLEST_STEP = 1e-4
CONVERGED = 1e-6
"""Gain in log-likelihood below which we stop."""
LEAST_SPREAD = 1e-9
"""Added to the spread of a number that may be the same everywhere; the penalty of an intercept."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted regression: probabilities from features."""

    centre: Floats
    spread: Floats
    weights: Floats
    """The first is the intercept."""

    def odds(self, features: Floats) -> Floats:
        """The log-odds of each row: the last axis is that of the features."""
        found: Floats = (features - self.centre) / self.spread @ self.weights[1:] + self.weights[0]
        return found


def fit_logistic(features: Floats, labels: Floats, ridge: float, offset: Floats) -> Logistic:
    """The regression that fits best.

    Args:
        features: rows by features; put on one scale here.
        labels: 0 or 1 for each row.
        ridge: half of it times the squared weights, but for the intercept, is taken from the log-likelihood.
        offset: log-odds of each row that are known already and left out of what the regression tells.

    """
    centre, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
    start = np.zeros(features.shape[1] + 1)
    start[0] = logit(np.clip(labels.mean(), LEAST_SPREAD, 1 - LEAST_SPREAD)) - offset.mean()
    penalty = np.array([LEAST_SPREAD, *[ridge] * features.shape[1]])
    problem = Problem(_design((features - centre) / spread), labels, penalty, offset)
    return Logistic(centre, spread, climb(problem, start))


@dataclass(frozen=True, slots=True)
class Problem:
    """Which weights make labels most likely: log-odds are `offset` and `design` times the weights."""

    design: Floats
    labels: Floats
    """0 or 1."""
    penalty: Floats
    """For each weight; half of it times the squared weight is taken from the log-likelihood."""
    offset: Floats

    def likelihood(self, weights: Floats) -> float:
        """The logarithm, with the penalty taken from it."""
        odds = self.design @ weights + self.offset
        return float((self.labels * odds - np.logaddexp(0, odds)).sum() - self.penalty @ weights**2 / 2)

    def step(self, weights: Floats) -> Floats:
        """That of Newton's method."""
        chance = expit(self.design @ weights + self.offset)
        gradient = self.design.T @ (self.labels - chance) - self.penalty * weights
        curvature = (self.design * (chance * (1 - chance))[:, None]).T @ self.design + np.diag(self.penalty)
        return np.linalg.solve(curvature, gradient)


class Climbed(Protocol):
    """What `climb` needs of a problem, however it reckons it."""

    def likelihood(self, weights: Floats) -> float:
        """The logarithm, with the penalty taken from it."""

    def step(self, weights: Floats) -> Floats:
        """That of Newton's method."""


def climb(problem: Climbed, start: Floats) -> Floats:
    """The weights that fit best, by Newton's method; a step is halved until it leads upwards."""
    weights, reached = start, problem.likelihood(start)
    for _ in range(MOST_ROUNDS):
        weights, now = _climbed(problem, weights, reached)
        if now - reached < CONVERGED:
            break
        reached = now
    return weights


def _design(scaled: Floats) -> Floats:
    return np.column_stack([np.ones(len(scaled)), scaled])


def _climbed(problem: Climbed, weights: Floats, reached: float) -> tuple[Floats, float]:
    """The weights after a step, and their likelihood."""
    step, share = problem.step(weights), 1.0
    while share > SMALLEST_STEP:
        now = problem.likelihood(weights + share * step)
        if now >= reached:
            return weights + share * step, now
        share /= 2
    return weights, reached

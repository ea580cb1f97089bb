"""What the fitted models learn from: what is asked and questions near to it, as positives of one alone are rare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from siaga.monitor.baselines import Case
from siaga.monitor.history import any_ahead, changed, highest, smoothed, steps_since
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Floats

__all__ = ["SUREST", "Lesson", "lessons"]

LEVELS = (1.0, 0.5, 2.0)
"""Times the threshold: rare positives borrow strength from levels near them,"""
HORIZONS = (1.0, 1 / 3, 2.0, 4.0, 8.0)
"""and from other horizons, times the one that is asked: alone, it learns the noise of three months."""
HALF_LIVES = (0.5, 2.0, 6.0, 24.0)
CHANGE_HALF_LIVES = (6.0, 24.0)
COLUMN_HALF_LIVES = (1.0, 6.0, 24.0)
LONGEST = 120
"""Steps since something happened, at the most."""
TAIL_HALF_LIVES = (1.0, 3.0, 9.0)
TAIL_SIZE = 1.0
"""Of the negative binomials whose tails are weighed: wider than those that are drawn, as they look further ahead."""
SUREST = 9.2
"""Log-odds are kept between minus this and this: chances of .0001 and .9999."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is known at each step when a question is asked of it, and its answers; units by steps by numbers."""

    horizon: int
    tails: Floats
    """The log-odds of mixtures of negative binomials."""
    features: Floats
    answers: Floats
    """Units by steps, 0 or 1."""


def lessons(case: Case) -> tuple[Lesson, ...]:
    """What is to be learned, first of it what is asked."""
    known = np.concatenate([_of_counts(case), _tails_at(case, 1.0, 1.0), _of_columns(case)], axis=2)
    return tuple(_lesson(case, known, level, ahead) for level in LEVELS for ahead in _horizons(case))


def _horizons(case: Case) -> Sequence[float]:
    """Multiples of the horizon, each of them at least a step and no two the same."""
    asked = case.outcome.question.horizon
    steps: Iterator[int] = (max(1, round(asked * times)) for times in HORIZONS)
    return [one / asked for one in dict.fromkeys(steps)]


def _lesson(case: Case, known: Floats, level: float, ahead: float) -> Lesson:
    """One question near to what is asked; recent counts weigh otherwise at each level."""
    question = case.outcome.question
    asked = np.array([np.log(level), np.log(level) ** 2, np.log(ahead)])
    features = [known, np.broadcast_to(asked, (*known.shape[:2], 3)), known[..., : len(HALF_LIVES)] * np.log(level)]
    horizon = round(question.horizon * ahead)
    answers = any_ahead(case.panel.counts >= question.threshold * level, horizon)
    return Lesson(horizon, _tails_at(case, level, ahead), np.concatenate(features, axis=2), answers.astype(np.float64))


def _tails_at(case: Case, level: float, ahead: float) -> Floats:
    """The log-odds that a threshold is reached within a horizon, by mixtures over each memory."""
    question = case.outcome.question
    tail = at_least(question.threshold * level, case.panel.counts, TAIL_SIZE)
    steps = round(question.horizon * ahead)
    chances = [1 - (1 - smoothed(tail, half_life)) ** steps for half_life in TAIL_HALF_LIVES]
    return np.stack([np.clip(logit(chance), -SUREST, SUREST) for chance in chances], axis=2)


def _of_counts(case: Case) -> Floats:
    """What the counts of a unit say at each step, units by steps by features."""
    counts, threshold = case.panel.counts, case.outcome.question.threshold
    reached, some, scaled = case.outcome.reached, counts > 0, np.log1p(counts)
    change = np.abs(changed(scaled))
    return np.stack(
        [
            *(smoothed(scaled, half_life) for half_life in HALF_LIVES),
            np.log1p(highest(counts, 24)),
            *(np.log1p(steps_since(flags, LONGEST)) for flags in (reached, some, counts >= threshold / 5)),
            smoothed(some.astype(np.float64), 12),
            smoothed(reached.astype(np.float64), 60),
            *(smoothed(change**power, half_life) for power in (1, 2) for half_life in CHANGE_HALF_LIVES),
        ],
        axis=2,
    )


def _of_columns(case: Case) -> Floats:
    """What further columns say; numbers below 0 keep their sign, all are brought to a scale of logarithms."""
    scaled = [np.sign(column) * np.log1p(np.abs(column)) for column in case.panel.columns]
    found = [smoothed(column, half_life) for column in scaled for half_life in COLUMN_HALF_LIVES]
    return np.stack(found, axis=2) if found else np.empty((*case.eligible.shape, 0))

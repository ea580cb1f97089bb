"""What the fitted models learn from: what is asked and questions near to it, as positives of one alone are rare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.special import logit

from siaga.monitor.baselines import Case
from siaga.monitor.history import any_ahead, changed, highest, smoothed, steps_since
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Flags, Floats
from siaga.monitor.question import Question

__all__ = ["BY_LEVEL", "SUREST", "Lesson", "Lessons", "lessons"]

LEVELS = (1.0, 0.5, 2.0)
"""Times the threshold: rare positives borrow strength from levels near them,"""
HORIZONS = (1.0, 1 / 3, 2.0, 4.0, 8.0)
"""and from other horizons, times the one that is asked: alone, it learns the noise of three months."""
HALF_LIVES = (0.5, 2.0, 6.0, 24.0)
BY_LEVEL = len(HALF_LIVES)
"""Of what is known, the first numbers: recent counts, which weigh otherwise at each level."""
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
    """One question near to what is asked, what its own tails say at each step, and its answers."""

    question: Question
    scales: Floats
    """The question as numbers: the logarithm of its level, the square of that, and the logarithm of its horizon."""
    each: Floats
    """The chance that one step reaches the level, by mixtures of negative binomials: units by steps by memories."""
    answers: Flags
    """Units by steps."""

    def tails(self, steps: slice) -> Floats:
        """The log-odds that any step of the horizon does; they are never held for all questions at once."""
        odds: Floats = logit(1 - (1 - self.each[:, steps]) ** self.question.horizon)
        return np.clip(odds, -SUREST, SUREST)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is to be learned, first of it what is asked."""

    every: tuple[Lesson, ...]
    known: Floats
    """What is known of each unit at each step, whatever is asked: units by steps by numbers, kept once for all."""


def lessons(case: Case) -> Lessons:
    """What is to be learned."""
    every = tuple(one for level in LEVELS for one in _at_level(case, level))
    tails = np.moveaxis(every[0].tails(slice(None)), 2, 0)
    known = chain(_of_counts(case), tails, _of_columns(case))  # filled in one by one: all of them twice are much memory
    filled = np.fromiter(known, np.dtype((np.float64, case.panel.counts.shape)))
    return Lessons(every, np.moveaxis(np.asarray(filled, np.float64), 0, 2))


def _at_level(case: Case, level: float) -> Iterator[Lesson]:
    """The questions of a level, one for each horizon."""
    asked = case.outcome.question
    threshold = asked.threshold * level
    reached, tail = case.panel.counts >= threshold, at_least(threshold, case.panel.counts, TAIL_SIZE)
    each = np.stack([smoothed(tail, half_life) for half_life in TAIL_HALF_LIVES], axis=2)
    for horizon in _horizons(asked.horizon):
        scales = np.array([np.log(level), np.log(level) ** 2, np.log(horizon / asked.horizon)])
        question = Question(horizon=horizon, threshold=threshold, quiet=asked.quiet)
        yield Lesson(question, scales, each, any_ahead(reached, horizon))


def _horizons(asked: int) -> Sequence[int]:
    """Each of them at least a step and no two the same."""
    return tuple(dict.fromkeys(max(1, round(asked * times)) for times in HORIZONS))


def _of_counts(case: Case) -> Iterator[Floats]:
    """What the counts of a unit say at each step, units by steps; first of it those that weigh otherwise by level."""
    counts, threshold = case.panel.counts, case.outcome.question.threshold
    reached, some, scaled = case.outcome.reached, counts > 0, np.log1p(counts)
    change = np.abs(changed(scaled))
    yield from (smoothed(scaled, half_life) for half_life in HALF_LIVES)
    yield np.log1p(highest(counts, 24))
    yield from (np.log1p(steps_since(flags, LONGEST)) for flags in (reached, some, counts >= threshold / 5))
    yield smoothed(some.astype(np.float64), 12)
    yield smoothed(reached.astype(np.float64), 60)
    yield from (smoothed(change**power, half_life) for power in (1, 2) for half_life in CHANGE_HALF_LIVES)


def _of_columns(case: Case) -> Iterator[Floats]:
    """What further columns say; numbers below 0 keep their sign, all are brought to a scale of logarithms."""
    for column in case.panel.columns:
        scaled = np.sign(column) * np.log1p(np.abs(column))
        yield from (smoothed(scaled, half_life) for half_life in COLUMN_HALF_LIVES)

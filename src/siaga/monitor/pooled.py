"""One logistic for many questions about the same units and steps, as what is known of these is the same for each.

Written out, its design would have a row for each question, unit and step: gigabytes, for a thousand pairs over four
years. It never is. Each of its columns is a number known of a unit at a step times a number of the question, and the
sums of Newton's method are taken over a few units at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from siaga.monitor.lessons import BY_LEVEL, Lesson, Lessons
from siaga.monitor.logistic import LEAST_SPREAD, climb
from siaga.monitor.panel import Flags, Floats

__all__ = ["Pool", "Pooled", "fit_pooled"]

MOST_ROWS = 8_192
"""Units times steps that are summed at a time: some three megabytes."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What is learned from: lessons, what is known already of their answers, and which of these have been given."""

    lessons: Lessons
    told: Floats
    """Log-odds that are left out of what is learned: lessons by units by steps."""
    answered: Flags
    """Lessons by steps."""

    @property
    def scales(self) -> Floats:
        """The questions as numbers, a row each."""
        return np.stack([one.scales for one in self.lessons.every])


class Scale(NamedTuple):
    """What brings all numbers to one scale: those that are known, and those of the questions."""

    centre: Floats
    spread: Floats
    question_centre: Floats
    question_spread: Floats
    level_spread: Floats
    """Of the numbers that weigh otherwise at each level, times its logarithm."""


class Part(NamedTuple):
    """Columns of the design: those of each row, times a number of each question."""

    times: Floats
    columns: Floats


@dataclass(frozen=True, slots=True)
class Pooled:
    """A fitted regression: log-odds by question, unit and step."""

    scale: Scale
    weights: Floats
    """Of the intercept, of what is known, of the question, and of what is known times the level."""

    def odds(self, lesson: Lesson, known: Floats) -> Floats:
        """What is added to the log-odds of a question: one for each row of what is known, numbers last."""
        parts = _parts(known.reshape(-1, known.shape[-1]), lesson.scales[None], self.scale)
        found: Floats = _odds(parts, self.weights).reshape(known.shape[:-1])
        return found


def fit_pooled(pool: Pool, ridge: float) -> Pooled:
    """The regression that fits the answers best.

    Args:
        pool: what is learned from; its numbers are put on one scale here.
        ridge: half of it times the squared weights, but for the intercept, is taken from the log-likelihood.

    """
    scale = _scale_of(pool)
    weights = 1 + len(scale.centre) + len(scale.question_centre) + BY_LEVEL
    penalty = np.array([LEAST_SPREAD, *[ridge] * (weights - 1)])
    start = np.zeros(weights)
    start[0] = _first_guess(pool)
    return Pooled(scale, climb(_Pooling(pool, scale, penalty), start))


@dataclass(frozen=True, slots=True)
class _Pooling:
    """Which weights make the answers most likely: `logistic.Problem`, a few units at a time."""

    pool: Pool
    scale: Scale
    penalty: Floats

    def likelihood(self, weights: Floats) -> float:
        """The logarithm, with the penalty taken from it."""
        found = sum(block.likelihood(weights) for block in self._blocks())
        return found - float(self.penalty @ weights**2 / 2)

    def step(self, weights: Floats) -> Floats:
        """That of Newton's method."""
        gradients, curvatures = zip(*(block.sums(weights) for block in self._blocks()), strict=True)
        gradient = np.sum(gradients, axis=0) - self.penalty * weights
        newton: Floats = np.linalg.solve(np.sum(curvatures, axis=0) + np.diag(self.penalty), gradient)
        return newton

    def _blocks(self) -> Iterator[_Block]:
        lessons, scales = self.pool.lessons, self.pool.scales
        for units in _some(lessons.known):
            rows = lessons.known[units].reshape(-1, lessons.known.shape[2])
            answers = np.stack([one.answers[units] for one in lessons.every])
            yield _Block(
                parts=_parts(rows, scales, self.scale),
                told=self.pool.told[:, units].reshape(len(scales), -1),
                answers=answers.reshape(len(scales), -1),
                answered=np.tile(self.pool.answered, answers.shape[1]),
            )


@dataclass(frozen=True, slots=True)
class _Block:
    """Some units, all questions: rows are units and steps."""

    parts: Sequence[Part]
    told: Floats
    """Questions by rows, as the rest."""
    answers: Flags
    answered: Flags

    def likelihood(self, weights: Floats) -> float:
        odds = _odds(self.parts, weights) + self.told
        return float(((self.answers * odds - np.logaddexp(0, odds)) * self.answered).sum())

    def sums(self, weights: Floats) -> tuple[Floats, Floats]:
        """The gradient of the likelihood, and how it bends."""
        chance = expit(_odds(self.parts, weights) + self.told)
        missed, unsure = (self.answers - chance) * self.answered, chance * (1 - chance) * self.answered
        gradient = [part.columns.T @ (part.times @ missed) for part in self.parts]
        curvature = [[_bend(one, other, unsure) for other in self.parts] for one in self.parts]
        return np.concatenate(gradient), np.block(curvature)


def _bend(one: Part, other: Part, unsure: Floats) -> Floats:
    """How the likelihood bends along the columns of two parts."""
    bend: Floats = (one.columns * ((one.times * other.times) @ unsure)[:, None]).T @ other.columns
    return bend


def _odds(parts: Sequence[Part], weights: Floats) -> Floats:
    """Log-odds, questions by rows."""
    begins = np.cumsum([part.columns.shape[1] for part in parts])[:-1]
    times = np.stack([part.times for part in parts], axis=1)
    found: Floats = times @ np.stack(
        [part.columns @ some for part, some in zip(parts, np.split(weights, begins), strict=True)]
    )
    return found


def _parts(rows: Floats, scales: Floats, scale: Scale) -> tuple[Part, ...]:
    """The design of some rows: what is known, then the question, then both."""
    ones = np.ones((len(rows), 1))
    known = np.hstack([ones, (rows - scale.centre) / scale.spread])
    questions = (scales - scale.question_centre) / scale.question_spread
    by_level = Part(scales[:, 0], rows[:, :BY_LEVEL] / scale.level_spread)
    return Part(np.ones(len(scales)), known), *(Part(times, ones) for times in questions.T), by_level


def _scale_of(pool: Pool) -> Scale:
    """The scale on which each number spreads by 1 over all rows and the questions that are answered in them."""
    known, scales = pool.lessons.known, pool.scales
    by_step, by_question = pool.answered.sum(axis=0), pool.answered.sum(axis=1)
    centre = np.average(known.mean(axis=0), axis=0, weights=by_step)
    square = sum(((known[units] - centre) ** 2).sum(axis=0) for units in _some(known)) / len(known)
    question_centre = np.average(scales, axis=0, weights=by_question)
    question_square = np.average((scales - question_centre) ** 2, axis=0, weights=by_question)
    return Scale(
        centre=centre,
        spread=np.sqrt(np.average(square, axis=0, weights=by_step)) + LEAST_SPREAD,
        question_centre=question_centre,
        question_spread=np.sqrt(question_square) + LEAST_SPREAD,
        level_spread=_level_spread(pool) + LEAST_SPREAD,
    )


def _level_spread(pool: Pool) -> Floats:
    """That of the numbers that are multiplied by the logarithm of the level."""
    levels, numbers = pool.scales[:, 0], pool.lessons.known[..., :BY_LEVEL]
    whole = pool.answered.sum()
    mean = (levels @ pool.answered) @ numbers.mean(axis=0) / whole
    square = (levels**2 @ pool.answered) @ (numbers**2).mean(axis=0) / whole
    spread: Floats = np.sqrt(np.maximum(square - mean**2, 0))
    return spread


def _first_guess(pool: Pool) -> float:
    """The intercept, if nothing but the share of answers were known."""
    whole = pool.answered.sum() * pool.told.shape[1]
    pairs = zip(pool.lessons.every, pool.told, pool.answered, strict=True)
    sums = [(one.answers[:, given].sum(), told[:, given].sum()) for one, told, given in pairs]
    share, told = np.sum(sums, axis=0) / whole
    return float(logit(np.clip(share, LEAST_SPREAD, 1 - LEAST_SPREAD)) - told)


def _some(known: Floats) -> Iterator[slice]:
    """Units, a few at a time."""
    number = max(1, MOST_ROWS // max(1, known.shape[1]))
    return (slice(first, first + number) for first in range(0, len(known), number))

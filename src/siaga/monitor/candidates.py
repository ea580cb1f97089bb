"""Forecasts that want to be better than the baselines, each fitted at every origin on what was known by then.

`nb_ewma`: the recent counts, weighted by an exponential, each widened by a negative binomial; nothing is fitted.
`nb_exceedance`: the tails of such mixtures above the threshold, for a short, a middle and a long memory, weighed by a
logistic. `logistic`: one pooled logistic for the threshold, the horizon and their neighbours over those tails, what
else the counts say, and any further columns. The last two are calibrated on their own past forecasts.

Constants were chosen by rolling origin on UCDP Africa 1996-2009 (docs/usual.md), never on the years tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from siaga.monitor.baselines import DRAWS, Case, Learnt, chance_within
from siaga.monitor.calibration import fit_calibration
from siaga.monitor.history import any_ahead, highest, smoothed, steps_since
from siaga.monitor.logistic import fit_logistic
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.steps import PER_YEAR

__all__ = ["drawn_ewma", "first_scored", "learn", "logistic", "nb_ewma", "nb_exceedance"]

EWMA_HALF_LIFE = 3.0
"""Steps; 2.5 to 4 score within 1 % of each other."""
EWMA_SIZE = 3.0
"""Of the negative binomial around each recent count; 2 to 5 score within 1 %."""
HALF_LIVES = (0.5, 2.0, 6.0, 24.0)
COLUMN_HALF_LIVES = (1.0, 6.0, 24.0)
LONGEST = 120
"""Steps since something happened, at the most."""
TAIL_HALF_LIVES = (1.0, 3.0, 9.0)
TAIL_SIZE = 1.0
"""Of the negative binomials whose tails are weighed: wider than those that are drawn, as they look further ahead."""
TAIL_RIDGE = 20.0
RIDGE = 60.0
LEVELS = (0.5, 1.0, 2.0)
"""Times the threshold: rare positives borrow strength from levels near them,"""
HORIZONS = (1 / 3, 1.0, 2.0, 4.0, 8.0)
"""and from other horizons, times the one that is asked: alone, it learns the noise of three months."""
SUREST = 9.2
"""Log-odds are kept between minus this and this: chances of .0001 and .9999."""


def first_scored(panel: Panel) -> int:
    """The first origin at which the fitted models forecast: one year to look back on, and one to learn from."""
    return 2 * PER_YEAR[panel.step]


def nb_ewma(case: Case) -> Floats:
    """The chance of the threshold within the horizon, each step of it drawn as `drawn_ewma` draws."""
    tail = at_least(case.outcome.question.threshold, case.panel.counts, EWMA_SIZE)
    return chance_within(case, smoothed(tail, EWMA_HALF_LIFE))


def drawn_ewma(panel: Panel, place: int, dice: np.random.Generator) -> Floats:
    """Draws for the next step: a recent count, the more likely the more recent, then a negative binomial around it."""
    back = np.arange(place + 1)
    weights = 0.5 ** (back / EWMA_HALF_LIFE)
    chosen = dice.choice(back, (len(panel.units), DRAWS), p=weights / weights.sum())
    means = panel.counts[np.arange(len(panel.units))[:, None], place - chosen]
    draws: Floats = dice.poisson(dice.gamma(EWMA_SIZE, means / EWMA_SIZE)).astype(np.float64)
    return draws


def nb_exceedance(case: Case) -> Floats:
    """The calibrated chance by tails of the negative binomial; NaN before `first_scored`."""
    return _calibrated(case, (case.learnt or learn(case)).tails)


def logistic(case: Case) -> Floats:
    """The calibrated chance by the pooled logistic and the tails, half each; NaN before `first_scored`."""
    learnt = case.learnt or learn(case)
    return _calibrated(case, (learnt.features + learnt.tails) / 2)


def learn(case: Case) -> Learnt:
    """What the fitted models say at each step; which units and steps are asked about makes no difference to it."""
    question = case.outcome.question
    near = tuple(Near(question.horizon, question.threshold * times) for times in LEVELS)
    far = tuple(near_or_far for one in near for near_or_far in _horizons(one))
    return Learnt(_fitted(case, near, partial(_tails_at, case), TAIL_RIDGE), _fitted(case, far, _Features(case), RIDGE))


class Near(NamedTuple):
    """A question near to the one that is asked: rare positives borrow strength from it."""

    horizon: int
    threshold: float


def _horizons(one: Near) -> Iterator[Near]:
    """The same at other horizons, each at least a step."""
    for steps in dict.fromkeys(max(1, round(one.horizon * times)) for times in HORIZONS):
        yield Near(steps, one.threshold)


def _fitted(case: Case, near: Sequence[Near], features: Callable[[Near], Floats], ridge: float) -> Floats:
    """Log-odds of what is asked by one logistic over it and questions near to it, fitted anew once a year."""
    asked = Near(case.outcome.question.horizon, case.outcome.question.threshold)
    odds = np.full(case.eligible.shape, np.nan)
    rows = {one: features(one) for one in {*near, asked}}
    labels = {one: any_ahead(case.panel.counts >= one.threshold, one.horizon) for one in near}
    for first, told in _rounds(case):
        learned = {one: slice(case.year, first - one.horizon + 1) for one in near if first - one.horizon >= case.year}
        design = np.concatenate([_flat(rows[one][:, steps]) for one, steps in learned.items()])
        answers = np.concatenate([labels[one][:, steps].ravel() for one, steps in learned.items()]).astype(np.float64)
        fitted = fit_logistic(design, answers, ridge * len(near))
        odds[:, told] = fitted.odds(_flat(rows[asked][:, told])).reshape(len(odds), -1)
    return odds


def _rounds(case: Case) -> Iterator[tuple[int, slice]]:
    """The first step that is told, and all that are, year by year; outcomes known by the first can be learned from."""
    for place in range(first_scored(case.panel), case.panel.length, case.year):
        if place - case.outcome.question.horizon >= case.year:
            yield place, slice(place, min(place + case.year, case.panel.length))


def _tails_at(case: Case, near: Near) -> Floats:
    """The log-odds that a threshold is reached within a horizon, by mixtures over each memory."""
    tail = at_least(near.threshold, case.panel.counts, TAIL_SIZE)
    chances = [1 - (1 - smoothed(tail, half_life)) ** near.horizon for half_life in TAIL_HALF_LIVES]
    return np.stack([np.clip(logit(chance), -SUREST, SUREST) for chance in chances], axis=2)


class _Features:
    """All that is known at each step, and what is asked of it; recent counts weigh otherwise at each level."""

    def __init__(self, case: Case) -> None:
        question = case.outcome.question
        self._question = question
        tails = _tails_at(case, Near(question.horizon, question.threshold))
        self._known = np.concatenate([_of_counts(case), tails, _of_columns(case)], axis=2)

    def __call__(self, near: Near) -> Floats:
        level = np.log(near.threshold / self._question.threshold)
        ahead = np.log(near.horizon / self._question.horizon)
        asked = np.broadcast_to(np.array([level, level**2, ahead]), (*self._known.shape[:2], 3))
        return np.concatenate([self._known, asked, self._known[..., : len(HALF_LIVES)] * level], axis=2)


def _of_counts(case: Case) -> Floats:
    """What the counts of a unit say at each step, units by steps by features."""
    counts, threshold = case.panel.counts, case.outcome.question.threshold
    reached, some = case.outcome.reached, counts > 0
    return np.stack(
        [
            *(smoothed(np.log1p(counts), half_life) for half_life in HALF_LIVES),
            np.log1p(highest(counts, 24)),
            *(np.log1p(steps_since(flags, LONGEST)) for flags in (reached, some, counts >= threshold / 5)),
            smoothed(some.astype(np.float64), 12),
            smoothed(reached.astype(np.float64), 60),
        ],
        axis=2,
    )


def _of_columns(case: Case) -> Floats:
    """What further columns say; numbers below 0 keep their sign, all are brought to a scale of logarithms."""
    scaled = [np.sign(column) * np.log1p(np.abs(column)) for column in case.panel.columns]
    found = [smoothed(column, half_life) for column in scaled for half_life in COLUMN_HALF_LIVES]
    return np.stack(found, axis=2) if found else np.empty((*case.eligible.shape, 0))


def _flat(features: Floats) -> Floats:
    return features.reshape(-1, features.shape[2])


def _calibrated(case: Case, odds: Floats) -> Floats:
    """The chances, from a third year on calibrated on past forecasts of what is asked whose outcome was known."""
    bounded = np.clip(odds, -SUREST, SUREST)
    chances: Floats = expit(bounded)
    first, horizon = first_scored(case.panel), case.outcome.question.horizon
    for place in range(first + 2 * case.year, case.panel.length, case.year):
        past = slice(first, place - horizon + 1)
        asked = case.eligible[:, past]
        if asked.any():
            labels = case.outcome.positive[:, past][asked].astype(np.float64)
            told = slice(place, min(place + case.year, case.panel.length))
            chances[:, told] = fit_calibration(bounded[:, past][asked], labels).probability(bounded[:, told])
    return chances

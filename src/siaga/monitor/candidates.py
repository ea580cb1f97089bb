"""Forecasts that want to be better than the baselines, each fitted at every origin on what was known by then.

`nb_ewma`: the recent counts, weighted by an exponential, each widened by a negative binomial; nothing is fitted.
`nb_exceedance`: the tails of such mixtures above the threshold, for a short, a middle and a long memory, weighed by a
logistic. `logistic`: one pooled logistic for the threshold and its neighbours over those tails, what else the counts
say, and any further columns. The last two are calibrated on their own past forecasts.

Constants were chosen by rolling origin on UCDP Africa 1996-2009 (docs/usual.md), never on the years tested.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import expit, logit

from siaga.monitor.baselines import DRAWS, Case, chance_within
from siaga.monitor.calibration import fit_calibration
from siaga.monitor.history import any_ahead, highest, smoothed, steps_since
from siaga.monitor.logistic import fit_logistic
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.steps import PER_YEAR

__all__ = ["drawn_ewma", "first_scored", "logistic", "nb_ewma", "nb_exceedance"]

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
NEIGHBOURS = (0.5, 1.0, 2.0)
"""Times the threshold: rare positives borrow strength from levels near them."""
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
    return _calibrated(case, _by_tails(case))


def logistic(case: Case) -> Floats:
    """The calibrated chance by the pooled logistic and the tails, half each; NaN before `first_scored`."""
    return _calibrated(case, (_by_features(case) + _by_tails(case)) / 2)


def _by_tails(case: Case) -> Floats:
    """Log-odds by a logistic that weighs the tails."""
    tails, odds = _tails(case), np.full(case.eligible.shape, np.nan)
    for learned, told in _rounds(case):
        labels = case.outcome.positive[:, learned].ravel().astype(np.float64)
        fitted = fit_logistic(_flat(tails[:, learned]), labels, TAIL_RIDGE)
        odds[:, told] = fitted.odds(_flat(tails[:, told])).reshape(len(odds), -1)
    return odds


def _by_features(case: Case) -> Floats:
    """Log-odds by a logistic over all features, for the threshold and its neighbours at once."""
    features = np.concatenate([_of_counts(case), _tails(case), _of_columns(case)], axis=2)
    question, odds = case.outcome.question, np.full(case.eligible.shape, np.nan)
    levels = [any_ahead(case.panel.counts >= times * question.threshold, question.horizon) for times in NEIGHBOURS]
    for learned, told in _rounds(case):
        rows = _flat(features[:, learned])
        design = np.concatenate([_at_level(rows, times) for times in NEIGHBOURS])
        labels = np.concatenate([level[:, learned].ravel() for level in levels]).astype(np.float64)
        fitted = fit_logistic(design, labels, RIDGE * len(NEIGHBOURS))
        odds[:, told] = fitted.odds(_at_level(_flat(features[:, told]), 1.0)).reshape(len(odds), -1)
    return odds


def _rounds(case: Case) -> Iterator[tuple[slice, slice]]:
    """Origins to learn from, all of whose outcomes are known by the first of the origins told; refitted once a year."""
    for place in range(first_scored(case.panel), case.panel.length, case.year):
        learned = slice(case.year, place - case.outcome.question.horizon + 1)
        if learned.stop > learned.start:
            yield learned, slice(place, min(place + case.year, case.panel.length))


def _tails(case: Case) -> Floats:
    """The log-odds that the threshold is reached within the horizon, by mixtures over each memory."""
    tail = at_least(case.outcome.question.threshold, case.panel.counts, TAIL_SIZE)
    chances = [chance_within(case, smoothed(tail, half_life)) for half_life in TAIL_HALF_LIVES]
    return np.stack([np.clip(logit(chance), -SUREST, SUREST) for chance in chances], axis=2)


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


def _at_level(rows: Floats, times: float) -> Floats:
    """The rows as they ask for a threshold of so many times the one asked; recent counts weigh otherwise at each."""
    level = np.log(times)
    recent = rows[:, : len(HALF_LIVES)] * level
    return np.column_stack([rows, np.full(len(rows), level), np.full(len(rows), level**2), recent])


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

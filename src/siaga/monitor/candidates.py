"""Forecasts that want to be better than the baselines, each fitted at every origin on what was known by then.

`nb_ewma`: the recent counts, weighted by an exponential, each widened by a negative binomial; nothing is fitted.
`nb_exceedance`: the tails of such mixtures above the threshold, for a short, a middle and a long memory, weighed by a
logistic. `logistic`: those log-odds, and what one pooled logistic for the threshold, the horizon and their neighbours
adds to them from what else the counts say and any further columns. The last two are calibrated on their own past
forecasts.

Constants were chosen by rolling origin on UCDP Africa 1996-2009 (docs/usual.md), never on the years tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from scipy.special import expit

from siaga.monitor.baselines import DRAWS, Case, Learnt, chance_within
from siaga.monitor.calibration import fit_calibration
from siaga.monitor.history import smoothed
from siaga.monitor.lessons import SUREST, Lessons, lessons
from siaga.monitor.logistic import Logistic, fit_logistic
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.pooled import Pool, fit_pooled
from siaga.monitor.steps import PER_YEAR

__all__ = ["calibrated", "drawn_ewma", "first_scored", "learn", "logistic", "nb_ewma", "nb_exceedance"]

EWMA_HALF_LIFE = 3.0
"""Steps; 2.5 to 4 score within 1 % of each other."""
EWMA_SIZE = 3.0
"""Of the negative binomial around each recent count; 2 to 5 score within 1 %."""
TAIL_RIDGE = 20.0
RIDGE = 60.0


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
    return calibrated(case, (case.learnt or learn(case)).tails[0])


def logistic(case: Case) -> Floats:
    """The calibrated chance by the tails and what the pooled logistic adds to them; NaN before `first_scored`."""
    return calibrated(case, (case.learnt or learn(case)).features[0])


def learn(case: Case) -> Learnt:
    """What the fitted models say at each step; which units and steps are asked about makes no difference to it.

    The logistic starts from the tails and learns what they lack: with little to learn from, it says what they say.
    """
    whole = lessons(case)
    learnt = _nothing(case, whole)
    for first, told in _rounds(case):
        past = _until(whole, case.year, first)
        by_tails = {horizon: _weighed(past, horizon) for horizon in {one.question.horizon for one in past.every}}
        lacking = fit_pooled(_pool(past, by_tails), RIDGE * len(whole.every))
        for place, one in enumerate(whole.every):
            if one.question.horizon in by_tails:
                learnt.tails[place, :, told] = by_tails[one.question.horizon].odds(one.tails(told))
                learnt.features[place, :, told] = lacking.odds(one, whole.known[:, told])
    np.add(learnt.features, learnt.tails, out=learnt.features)
    return learnt


def _nothing(case: Case, whole: Lessons) -> Learnt:
    """What is said before anything was learned."""
    shape = len(whole.every), *case.eligible.shape
    questions = tuple(one.question for one in whole.every)
    return Learnt(questions, tails=np.full(shape, np.nan), features=np.full(shape, np.nan))


def _rounds(case: Case) -> Iterator[tuple[int, slice]]:
    """The first step that is told, and all that are, year by year; outcomes known by the first can be learned from."""
    for place in range(first_scored(case.panel), case.panel.length, case.year):
        if place - case.outcome.question.horizon >= case.year:
            yield place, slice(place, min(place + case.year, case.panel.length))


def _until(whole: Lessons, year: int, first: int) -> Lessons:
    """What can be learned from by a step: after a year to look back on, questions of which answers are known."""
    past = slice(year, first)
    every = tuple(
        replace(one, each=one.each[:, past], answers=one.answers[:, past])
        for one in whole.every
        if first - one.question.horizon >= year
    )
    return Lessons(every, whole.known[:, past])


def _weighed(past: Lessons, horizon: int) -> Logistic:
    """How much each memory says of a horizon."""
    alike = [one for one in past.every if one.question.horizon == horizon]
    answered = past.known.shape[1] - horizon + 1
    answers = np.concatenate([one.answers[:, :answered].ravel() for one in alike])
    tails = np.concatenate([one.tails(slice(answered)).reshape(-1, one.each.shape[2]) for one in alike])
    return fit_logistic(tails, answers, TAIL_RIDGE * len(alike), np.zeros(len(answers)))


def _pool(past: Lessons, by_tails: Mapping[int, Logistic]) -> Pool:
    """The same, with what the tails tell of it already."""
    steps = np.arange(past.known.shape[1])
    return Pool(
        lessons=past,
        told=np.stack([by_tails[one.question.horizon].odds(one.tails(slice(None))) for one in past.every]),
        answered=np.stack([steps <= len(steps) - one.question.horizon for one in past.every]),
    )


def calibrated(case: Case, odds: Floats) -> Floats:
    """The chances, from a third year on calibrated on past forecasts of what is asked whose outcome was known."""
    bounded = np.clip(odds, -SUREST, SUREST)
    chances: Floats = expit(bounded)
    first, horizon = first_scored(case.panel), case.outcome.question.horizon
    for place in range(first + 2 * case.year, case.panel.length, case.year):
        past = slice(first, place - horizon + 1)
        asked = case.eligible[:, past] & ~np.isnan(bounded[:, past])
        if asked.any():
            labels = case.outcome.positive[:, past][asked].astype(np.float64)
            told = slice(place, min(place + case.year, case.panel.length))
            chances[:, told] = fit_calibration(bounded[:, past][asked], labels).probability(bounded[:, told])
    return chances

"""The simple forecasts that any other has to beat, as the literature has them.

`climatology`: what happened to all units so far. `unit_rate`: what happened to this one. `persistence`: it goes on as
in this step. `last_poisson`: this step's count, spread by chance. `conflictology_12`: one of the last twelve counts,
each as likely (Hegre et al. 2024, "Conflictology").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc

from siaga.monitor.panel import Flags, Floats, Panel
from siaga.monitor.question import Outcome, Question
from siaga.monitor.steps import PER_YEAR

__all__ = ["DRAWS", "Case", "Learnt", "chance_within", "climatology", "conflictology", "last_poisson", "persistence"]
__all__ += ["drawn_climatology", "drawn_conflictology", "drawn_last", "drawn_poisson", "drawn_unit", "unit_rate"]

DRAWS = 200
"""Of a forecast distribution, for its score."""
WINDOW = 12
"""Steps of conflictology_12."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the fitted models say of the questions that they learn, before they are calibrated: log-odds.

    Questions by units by steps; NaN where nothing could be learned yet.
    """

    questions: tuple[Question, ...]
    """First of them what is asked."""
    tails: Floats
    features: Floats


@dataclass(frozen=True, slots=True)
class Case:
    """What a model forecasts from: at each step, that step, those before it, and outcomes known by then."""

    panel: Panel
    outcome: Outcome
    eligible: Flags
    """The units and steps that are asked about: all, or those at risk of an onset."""
    learnt: Learnt | None = None
    """Of this panel and outcome, so that it is not learnt again for what else is asked of them."""

    @property
    def year(self) -> int:
        """Steps of a year."""
        return PER_YEAR[self.panel.step]


def climatology(case: Case) -> Floats:
    """The share of positives among all that was asked and is answered by then; NaN before the first answer."""
    positives, asked = (_answered(case, flags).sum(axis=0) for flags in (case.outcome.positive, case.eligible))
    share = np.divide(positives, asked, out=np.full(len(asked), np.nan), where=asked > 0)
    return np.broadcast_to(share, case.eligible.shape)


def unit_rate(case: Case) -> Floats:
    """The same share of the unit alone, drawn towards that of all as by one year of it."""
    positives, asked = (_answered(case, flags) for flags in (case.outcome.positive, case.eligible))
    rate: Floats = (positives + case.year * climatology(case)) / (asked + case.year)
    return rate


def persistence(case: Case) -> Floats:
    """The count of this step: a score to rank by, no probability."""
    return case.panel.counts


def last_poisson(case: Case) -> Floats:
    """The chance that a Poisson with this step's count as its mean reaches the threshold within the horizon."""
    whole = np.ceil(case.outcome.question.threshold)
    return chance_within(case, gammainc(whole, case.panel.counts))


def conflictology(case: Case) -> Floats:
    """The chance if each of the steps to come is one of the last twelve, each as likely."""
    reached = case.outcome.reached.astype(np.float64)
    summed = np.cumsum(reached, axis=1)
    summed[:, WINDOW:] -= summed[:, :-WINDOW].copy()
    steps = np.minimum(np.arange(1, reached.shape[1] + 1), WINDOW)
    return chance_within(case, summed / steps)


def chance_within(case: Case, each: Floats) -> Floats:
    """The chance that any step of the horizon is positive if each is, independently, with this chance."""
    within: Floats = 1 - (1 - each) ** case.outcome.question.horizon
    return within


def drawn_climatology(panel: Panel, place: int, dice: np.random.Generator) -> Floats:
    """Draws for the next step, one row a unit: counts of any unit so far."""
    return dice.choice(panel.counts[:, : place + 1].ravel(), (len(panel.units), DRAWS))


def drawn_unit(panel: Panel, place: int, dice: np.random.Generator) -> Floats:
    """Draws for the next step: counts of the unit so far."""
    return _drawn_back(panel, place, dice.integers(0, place + 1, (len(panel.units), DRAWS)))


def drawn_last(panel: Panel, place: int, _: np.random.Generator) -> Floats:
    """Draws for the next step: all of them this one's count."""
    return np.repeat(panel.counts[:, [place]], DRAWS, axis=1)


def drawn_poisson(panel: Panel, place: int, dice: np.random.Generator) -> Floats:
    """Draws for the next step: Poisson with this one's count as its mean."""
    return dice.poisson(panel.counts[:, [place]], (len(panel.units), DRAWS)).astype(np.float64)


def drawn_conflictology(panel: Panel, place: int, dice: np.random.Generator) -> Floats:
    """Draws for the next step: one of the last twelve counts."""
    return _drawn_back(panel, place, dice.integers(0, min(WINDOW, place + 1), (len(panel.units), DRAWS)))


def _drawn_back(panel: Panel, place: int, back: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Floats:
    return panel.counts[np.arange(len(panel.units))[:, None], place - back]


def _answered(case: Case, flags: Flags) -> Floats:
    """How many flags among what was asked were raised at origins whose outcome is known at each step."""
    summed = np.cumsum(flags & case.eligible, axis=1, dtype=np.float64)
    known = np.zeros_like(summed)
    horizon = case.outcome.question.horizon
    known[:, horizon:] = summed[:, :-horizon]
    return known

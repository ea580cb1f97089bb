"""How one model is judged in one task: its ranking, its probabilities, and what alarms by it would have been worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from siaga.monitor.baselines import Case
from siaga.monitor.candidates import first_scored
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.scorecard import Budget, ModelScore, Role
from siaga.monitor.scores import average_precision, brier, calibration_error, interval, reliability

__all__ = ["Trial", "judged"]

NO_PROBABILITY = frozenset({"persistence"})
"""Models that only rank; what needs a probability is null for them."""
CLIMATOLOGY = "climatology"
BUDGETS = (0.5, 1.0, 2.0)
"""Alarms a unit-year."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The forecasts of all models for one case, and where the test begins."""

    case: Case
    start: int
    scores: Mapping[str, Floats]

    @property
    def tested(self) -> Flags:
        """Units and steps that are asked about in the test, with their outcome known."""
        return self._within(self.start, self.case.outcome.known)

    @property
    def before(self) -> Flags:
        """Those before the test that all models forecast; their outcome may not be known yet."""
        return self._within(first_scored(self.case.panel), self.start)

    def _within(self, first: int, end: int) -> Flags:
        mask = np.zeros_like(self.case.eligible)
        mask[:, first : max(first, end)] = self.case.eligible[:, first : max(first, end)]
        return mask


def taken(values: Floats | Flags, mask: Flags, units: Places | None) -> Floats:
    """The values under a mask, of all units or of drawn ones, each as often as it was drawn."""
    return (values[mask] if units is None else values[units][mask[units]]).astype(np.float64)


def judged(trial: Trial, model: str, role: Role, drawn: tuple[Places, ...]) -> ModelScore:
    """How a model did among the units and steps tested."""
    precision, skill = partial(_precision, trial, model), partial(_skill, trial, model)
    happened, chances = trial.case.outcome.positive[trial.tested], trial.scores[model][trial.tested]
    certain = model not in NO_PROBABILITY
    return ModelScore(
        model=model,
        role=role,
        average_precision=precision(None),
        average_precision_interval=interval(precision, drawn),
        brier=brier(happened, chances) if certain else None,
        brier_skill=skill(None) if certain else None,
        brier_skill_interval=interval(skill, drawn) if certain else None,
        ece=calibration_error(happened, chances) if certain else None,
        reliability=reliability(happened, chances) if certain else (),
        budgets=tuple(_budget(trial, trial.scores[model], rate) for rate in BUDGETS),
    )


def _precision(trial: Trial, model: str, units: Places | None) -> float | None:
    happened = taken(trial.case.outcome.positive, trial.tested, units) > 0
    return average_precision(happened, taken(trial.scores[model], trial.tested, units))


def _skill(trial: Trial, model: str, units: Places | None) -> float | None:
    """1 less the Brier score of a model over that of climatology."""
    mask = trial.tested
    happened = taken(trial.case.outcome.positive, mask, units) > 0
    worst = brier(happened, taken(trial.scores[CLIMATOLOGY], mask, units)) if len(happened) else 0.0
    return 1 - brier(happened, taken(trial.scores[model], mask, units)) / worst if worst else None


def _budget(trial: Trial, scores: Floats, rate: float) -> Budget:
    """What alarms above the frozen threshold would have been worth."""
    past = scores[trial.before]
    threshold = float(np.quantile(past[~np.isnan(past)], 1 - rate / trial.case.year))
    alarms = trial.tested & (scores > threshold)
    years, number = trial.tested.sum() / trial.case.year, int(alarms.sum())
    right = int((alarms & trial.case.outcome.positive).sum())
    leads = _leads(trial, alarms)
    warned = [lead for lead in leads if lead]
    return Budget(
        per_unit_year=rate,
        threshold=threshold,
        realised=float(number / years),
        precision=right / number if number else None,
        recall=len(warned) / len(leads) if leads else None,
        lead=float(np.mean(warned)) if warned else None,
        false_per_unit_year=float((number - right) / years),
        onsets=len(leads),
    )


def _leads(trial: Trial, alarms: Flags) -> list[int]:
    """For each onset in the test, the steps since the first alarm in the horizon before it; 0 where there was none."""
    horizon = trial.case.outcome.question.horizon
    found = []
    for unit, step in np.argwhere(trial.case.outcome.onset):
        if step > trial.start:
            first = max(step - horizon, trial.start)
            raised = np.flatnonzero(alarms[unit, first:step])
            found.append(int(step - first - raised[0]) if len(raised) else 0)
    return found

"""An honest backtest: each forecast as it would have been made at the time, beside the simple ones it has to beat.

An origin t is tested if it is not before `test_from` and its outcome is known: t + horizon is within the panel. Models
are fitted on origins whose outcome was known before the origin they forecast from (purged by the horizon); thresholds
of alarm budgets are frozen before the first tested origin. A model is promoted by the origins before `test_from`, so
that the years tested choose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from siaga.base.errors import PanelError
from siaga.monitor import baselines, candidates
from siaga.monitor.baselines import DRAWS, Case
from siaga.monitor.judging import Trial, judged
from siaga.monitor.panel import Floats, Panel, Places
from siaga.monitor.promotion import promotion
from siaga.monitor.question import Question, outcome
from siaga.monitor.scorecard import Backtest, CountScore, CountTask, Input, ModelScore, Role, Task, TaskName
from siaga.monitor.scores import by_unit, crps, interval

__all__ = ["BASELINES", "CANDIDATES", "DRAWN", "backtest", "expected"]

BASELINES: Mapping[str, Callable[[Case], Floats]] = {
    "climatology": baselines.climatology,
    "unit_rate": baselines.unit_rate,
    "persistence": baselines.persistence,
    "last_poisson": baselines.last_poisson,
    "conflictology_12": baselines.conflictology,
}
CANDIDATES: Mapping[str, Callable[[Case], Floats]] = {
    "nb_exceedance": candidates.nb_exceedance,
    "nb_ewma": candidates.nb_ewma,
    "logistic": candidates.logistic,
}
MODELS = {**BASELINES, **CANDIDATES}
DRAWN: Mapping[str, Callable[[Panel, int, np.random.Generator], Floats]] = {
    "climatology": baselines.drawn_climatology,
    "unit_rate": baselines.drawn_unit,
    "persistence": baselines.drawn_last,
    "last_poisson": baselines.drawn_poisson,
    "conflictology_12": baselines.drawn_conflictology,
    "nb_ewma": candidates.drawn_ewma,
}
"""Models that foretell counts."""
ROUNDS = 500
SEED = 20211130


def backtest(panel: Panel, question: Question, test_from: str) -> Backtest:
    """Test all models on the panel.

    Raises:
        PanelError: there is too little before or after `test_from`, or it is no date.

    """
    start = _start(panel, question, test_from)
    drawn = by_unit(len(panel.units), ROUNDS, SEED)
    asked = _case(panel, question)
    onset, incidence = _trial(asked, start, "onset"), _trial(asked, start, "incidence")
    promoted, why = promotion(asked, start, drawn)
    return Backtest(
        kind="backtest",
        version=1,
        input=_input(panel),
        tasks=(_task(onset, "onset", drawn), _task(incidence, "incidence", drawn), _count_task(panel, start, drawn)),
        promoted=promoted,
        promotion=why,
    )


def expected(panel: Panel, question: Question) -> tuple[str, Floats]:
    """The model that the whole of a panel promotes, and its chances for all units and steps."""
    asked = _case(panel, question)
    model, _ = promotion(asked, panel.length, by_unit(len(panel.units), ROUNDS, SEED))
    return model, CANDIDATES[model](asked)


def _start(panel: Panel, question: Question, test_from: str) -> int:
    """The first tested origin."""
    try:
        start = panel.place(test_from)
    except ValueError as error:
        raise PanelError(f"test from {test_from!r}; expected YYYY-MM or YYYY-MM-DD") from error
    first, last = candidates.first_scored(panel) + question.horizon, panel.length - 1 - question.horizon
    if not first < start <= last:
        raise PanelError(
            f"test from {test_from}: expected between {panel.named(first + 1)}, with two years to learn from before "
            f"it, and {panel.named(last) if last > first else 'a later end'}: the file runs from {panel.named(0)} to "
            f"{panel.named(panel.length - 1)}"
        )
    return start


def _case(panel: Panel, question: Question) -> Case:
    """All units and steps, with what the models learn of them."""
    turned_out = outcome(panel, question)
    case = Case(panel, turned_out, np.ones_like(turned_out.calm))
    return replace(case, learnt=candidates.learn(case))


def _trial(asked: Case, start: int, name: TaskName) -> Trial:
    case = replace(asked, eligible=asked.outcome.calm) if name == "onset" else asked
    return Trial(case, start, {model: forecast(case) for model, forecast in MODELS.items()})


def _input(panel: Panel) -> Input:
    first, last = panel.named(0), panel.named(panel.length - 1)
    return Input(
        sha256=panel.sha256, units=len(panel.units), first=first, last=last, step=panel.step, columns=panel.names
    )


def _task(trial: Trial, name: TaskName, drawn: tuple[Places, ...]) -> Task:
    question, positive = trial.case.outcome.question, trial.case.outcome.positive[trial.tested]
    return Task(
        task=name,
        horizon=question.horizon,
        threshold=question.threshold,
        quiet=question.quiet,
        test_from=trial.case.panel.named(trial.start),
        n=len(positive),
        positives=int(positive.sum()),
        base_rate=float(positive.mean()) if len(positive) else None,
        models=tuple(_model_score(trial, name, drawn) for name in MODELS),
    )


def _model_score(trial: Trial, model: str, drawn: tuple[Places, ...]) -> ModelScore:
    return judged(trial, model, "baseline" if model in BASELINES else "candidate", drawn)


def _count_task(panel: Panel, start: int, drawn: tuple[Places, ...]) -> CountTask:
    """How well the count of the next step was foretold, from each origin tested."""
    origins = range(start, panel.length - 1)
    models = tuple(_count_score(panel, origins, name, drawn) for name in MODELS)
    return CountTask(task="count", horizon=1, n=len(panel.units) * len(origins), draws=DRAWS, models=models)


def _count_score(panel: Panel, origins: range, model: str, drawn: tuple[Places, ...]) -> CountScore:
    role: Role = "baseline" if model in BASELINES else "candidate"
    if model not in DRAWN:
        return CountScore(model=model, role=role, crps=None, crps_interval=None)
    scored = _crps(panel, origins, model)
    return CountScore(
        model=model, role=role, crps=float(scored.mean()), crps_interval=interval(partial(_mean_of, scored), drawn)
    )


def _mean_of(scored: Floats, units: Places) -> float:
    return float(scored[units].mean())


def _crps(panel: Panel, origins: range, model: str) -> Floats:
    """The score of each unit at each origin; a model's draws don't hang on which others are drawn."""
    dice = np.random.default_rng((SEED, *model.encode()))
    return np.stack([crps(DRAWN[model](panel, place, dice), panel.counts[:, place + 1]) for place in origins], axis=1)

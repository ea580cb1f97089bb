"""Which model to go by: the challenger takes the place of the reference where it is ahead and surely so.

Surely: the lead lies beyond 0 on average precision and on Brier score, each with its 95 % interval over drawn units.
Onsets of one question are so few that hardly any lead does. But the logistic learns some fifteen questions at once,
with the same weights: what is asked, and its neighbours of other thresholds and horizons. So it is enough to be ahead
in what is asked, if the mean lead in all is sure, each of units at risk of an onset and of all (docs/decisions/0026).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from siaga.monitor.baselines import Case
from siaga.monitor.candidates import calibrated, first_scored, learn
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.question import Question, outcome
from siaga.monitor.scorecard import Promotion, TaskName
from siaga.monitor.scores import drawn_precision, interval_of

__all__ = ["CHALLENGER", "REFERENCE", "Lead", "decided", "leads", "promotion"]

REFERENCE = "nb_exceedance"
"""The forecast that is always there."""
CHALLENGER = "logistic"
TASKS: tuple[TaskName, ...] = ("onset", "incidence")


class Lead(NamedTuple):
    """How far the challenger was ahead in one question: for all units, then for drawn ones; NaN where undefined."""

    question: Question
    task: TaskName
    precision: Floats
    brier: Floats
    """Below 0 where it is better."""
    worst: float
    """The Brier score of a forecast of the base rate, which makes those of rare and common things alike."""


def promotion(case: Case, start: int, drawn: Sequence[Places]) -> tuple[str, Promotion]:
    """The model to go by, and why.

    Args:
        case: what is asked of a panel, with what was learned of it.
        start: the first origin that chooses nothing; only what was known by then does.
        drawn: units with replacement.

    """
    return decided(tuple(leads(case, start, drawn)), case.outcome.question)


def decided(found: Sequence[Lead], question: Question) -> tuple[str, Promotion]:
    """The model to go by for a question, and why, by the leads in it and in its neighbours."""
    told = _told(found, question)
    return (CHALLENGER if _is_better(told) else REFERENCE), told


def leads(case: Case, start: int, drawn: Sequence[Places]) -> Iterator[Lead]:
    """The lead in each question and task of which something was forecast, and came true, before a step."""
    units = len(case.panel.units)
    draws = np.stack([np.ones(units), *(np.bincount(one, minlength=units) for one in drawn)])
    learnt = case.learnt or learn(case)
    for question, features, tails in zip(learnt.questions, learnt.features, learnt.tails, strict=True):
        turned_out = outcome(case.panel, question)
        known = np.zeros_like(turned_out.calm)
        known[:, first_scored(case.panel) : max(0, start - question.horizon)] = True
        for task in TASKS:
            eligible = turned_out.calm if task == "onset" else np.ones_like(turned_out.calm)
            asked = replace(case, outcome=turned_out, eligible=eligible)
            forecasts = calibrated(asked, features), calibrated(asked, tails)
            mask = known & eligible & ~np.isnan(forecasts[0])
            if turned_out.positive[mask].any():
                yield _lead(asked, task, forecasts, (mask, draws))


def _lead(asked: Case, task: TaskName, forecasts: tuple[Floats, Floats], looked_at: tuple[Flags, Floats]) -> Lead:
    mask, draws = looked_at
    positive, owners = asked.outcome.positive[mask], np.nonzero(mask)[0]
    one, other = (chances[mask] for chances in forecasts)
    farther = (one - positive) ** 2 - (other - positive) ** 2
    rows = draws @ np.bincount(owners, minlength=draws.shape[1])
    rate = float(positive.mean())
    return Lead(
        question=asked.outcome.question,
        task=task,
        precision=drawn_precision(positive, one, owners, draws) - drawn_precision(positive, other, owners, draws),
        brier=_over(draws @ np.bincount(owners, weights=farther, minlength=draws.shape[1]), rows),
        worst=rate * (1 - rate),
    )


def _told(found: Sequence[Lead], question: Question) -> Promotion:
    asked = next((one for one in found if (one.question, one.task) == (question, "onset")), None)
    together = [one for one in found if one.worst > 0]
    precision, skill = _mean([one.precision for one in together]), _mean([-one.brier / one.worst for one in together])
    return Promotion(
        average_precision=_first(asked.precision if asked else None),
        average_precision_interval=_interval(asked.precision if asked else None),
        brier=_first(asked.brier if asked else None),
        brier_interval=_interval(asked.brier if asked else None),
        questions=len(together),
        pooled_average_precision=_first(precision),
        pooled_average_precision_interval=_interval(precision),
        pooled_brier_skill=_first(skill),
        pooled_brier_skill_interval=_interval(skill),
    )


def _is_better(told: Promotion) -> bool:
    """Whether it is ahead in what is asked, and surely so there or in all questions together."""
    if told.brier_interval is None or not (told.average_precision or 0) > 0 > (told.brier or 0):
        return False
    asked = told.average_precision_interval, (-told.brier_interval[1], -told.brier_interval[0])
    together = told.pooled_average_precision_interval, told.pooled_brier_skill_interval
    return any(all(ends is not None and ends[0] > 0 for ends in both) for both in (asked, together))


def _mean(leads: Sequence[Floats]) -> Floats | None:
    """Over the questions, for all units and for each draw; where one is undefined, over the others."""
    if not leads:
        return None
    every = np.stack(leads)
    return _over(np.nansum(every, axis=0), (~np.isnan(every)).sum(axis=0))


def _over(whole: Floats, number: Floats | Places) -> Floats:
    found: Floats = np.divide(whole, number, out=np.full(len(whole), np.nan), where=number > 0)
    return found


def _first(lead: Floats | None) -> float | None:
    """Of all units."""
    return None if lead is None else float(lead[0])


def _interval(lead: Floats | None) -> tuple[float, float] | None:
    """Over the draws."""
    return None if lead is None else interval_of(lead[1:])

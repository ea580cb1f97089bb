"""A challenger takes the place of the reference if, before the test, it was ahead, and surely so in all it learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from siaga.monitor.backtest import MODELS, backtest, expected
from siaga.monitor.baselines import Case
from siaga.monitor.candidates import learn
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.promotion import Lead, decided, leads
from siaga.monitor.question import Question, outcome
from siaga.monitor.scorecard import Backtest
from siaga.monitor.scores import average_precision, brier, by_unit
from tests.unit.monitor.test_models import QUESTION, invented

Some = tuple[float, ...]
WARNED = 3
"""Steps before each war in which the telling column rises."""


def telling(panel: Panel) -> Floats:
    """What rises before each war: seen by who has the column, by nobody else."""
    high = panel.counts >= QUESTION.threshold
    begins = np.diff(high, axis=1, prepend=False) & high
    told = np.zeros_like(panel.counts)
    for ahead in range(1, WARNED + 1):
        told[:, :-ahead] += 50 * begins[:, ahead:]
    return told


def backtest_with(*columns: Floats) -> Backtest:
    names = tuple(f"column {number}" for number in range(len(columns)))
    return backtest(replace(invented(units=20), columns=columns, names=names), QUESTION, "2006-01")


def test_a_logistic_that_knows_more_is_promoted() -> None:
    result = backtest_with(telling(invented(units=20)))
    assert result.promoted == "logistic"
    assert (result.promotion.average_precision or 0) > 0 > (result.promotion.brier or 0)
    assert surely_ahead(result.promotion.average_precision_interval)


def surely_ahead(ends: tuple[float, float] | None) -> bool:
    return ends is not None and ends[0] > 0


SURE, UNSURE, BEHIND = (0.02, 0.01, 0.015, 0.02), (0.02, -0.03, 0.02, 0.06), (-0.01, -0.02, -0.01, 0.01)
"""Leads in all units, then in drawn ones."""


@pytest.mark.parametrize(
    ("asked", "neighbour", "promoted"),
    [
        ((UNSURE, UNSURE), (SURE, SURE), "logistic"),
        ((UNSURE, UNSURE), (UNSURE, SURE), "nb_exceedance"),
        ((SURE, SURE), (BEHIND, BEHIND), "logistic"),
        ((SURE, UNSURE), (BEHIND, SURE), "nb_exceedance"),
        ((BEHIND, SURE), (SURE, SURE), "nb_exceedance"),
        ((SURE, BEHIND), (SURE, SURE), "nb_exceedance"),
    ],
)
def test_it_must_be_ahead_in_what_is_asked_and_sure_there_or_in_all_together(
    asked: tuple[Some, Some], neighbour: tuple[Some, Some], promoted: str
) -> None:
    other = QUESTION.replace(threshold=50)
    found = [lead(QUESTION, asked), *(lead(other, neighbour) for _ in range(9))]
    model, told = decided(found, QUESTION)
    assert model == promoted
    assert (told.average_precision, told.brier) == pytest.approx((asked[0][0], -asked[1][0] / 10))
    assert told.questions == 10
    assert told.pooled_brier_skill == pytest.approx((asked[1][0] + 9 * neighbour[1][0]) / 10)


def lead(question: Question, leads_: tuple[Some, Some]) -> Lead:
    """In average precision and in Brier skill."""
    precision, skill = map(np.array, leads_)
    return Lead(question, "onset", precision, -skill / 10, 0.1)


def test_nothing_that_came_true_promotes_nothing() -> None:
    model, told = decided((), QUESTION)
    assert (model, told.average_precision, told.pooled_brier_skill_interval) == ("nb_exceedance", None, None)


def learnt(panel: Panel, question: Question) -> Case:
    turned_out = outcome(panel, question)
    case = Case(panel, turned_out, np.ones_like(turned_out.calm))
    return replace(case, learnt=learn(case))


def test_leads_are_told_of_what_is_asked_first_and_of_units_at_risk_and_all() -> None:
    case = learnt(invented(units=12), QUESTION)
    found = tuple(leads(case, 100, by_unit(12, 50, 1)))
    assert [(one.question, one.task) for one in found[:2]] == [(QUESTION, "onset"), (QUESTION, "incidence")]
    assert {one.question.threshold for one in found} == {12.5, 25.0, 50.0}
    assert all(len(one.precision) == len(one.brier) == 51 for one in found)
    onset, _ = found[:2]
    known = np.zeros_like(case.eligible)
    known[:, 24:97] = case.outcome.calm[:, 24:97]
    one, other = (
        MODELS[name](replace(case, eligible=case.outcome.calm))[known] for name in ("logistic", "nb_exceedance")
    )
    happened = case.outcome.positive[known]
    assert onset.brier[0] == pytest.approx(brier(happened, one) - brier(happened, other))
    ahead = (average_precision(happened, one) or 0) - (average_precision(happened, other) or 0)
    assert onset.precision[0] == pytest.approx(ahead)


def test_a_logistic_that_was_offered_noise_is_not() -> None:
    dice = np.random.default_rng(3)
    result = backtest_with(*(dice.exponential(20, (20, 120)) for _ in range(12)))
    assert result.promoted == "nb_exceedance"


@pytest.mark.parametrize("seed", [1, 2])
def test_years_after_the_test_begins_choose_nothing(seed: int) -> None:
    panel = invented(units=20, seed=seed)
    changed = panel.counts.copy()
    start = panel.place("2006-01")
    changed[:, start:] = changed[::-1, start:]
    other = replace(panel, counts=changed)
    first, second = (backtest(one, QUESTION, "2006-01") for one in (panel, other))
    assert (first.promoted, first.promotion) == (second.promoted, second.promotion)
    assert expected(panel, QUESTION)[0] in {"nb_exceedance", "logistic"}

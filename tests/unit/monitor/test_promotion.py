"""A challenger takes the place of the reference if, before the test, it was ahead, and surely so in all it learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from siaga.monitor.backtest import MODELS, backtest, expected
from siaga.monitor.baselines import Case
from siaga.monitor.candidates import learn
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.promotion import leads, promotion
from siaga.monitor.question import Question, outcome
from siaga.monitor.scorecard import Backtest
from siaga.monitor.scores import average_precision, brier, by_unit
from tests.unit.monitor.test_models import QUESTION, invented

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


def test_one_that_is_ahead_is_promoted_by_all_that_it_learns_if_what_is_asked_is_too_rare_to_tell() -> None:
    panel = invented(units=30, steps=140, seed=6)
    case = learnt(
        replace(panel, columns=(telling(panel),), names=("told",)), Question(horizon=3, threshold=60, quiet=6)
    )
    model, why = promotion(case, 96, by_unit(30, 200, 1))
    assert not surely_ahead(why.average_precision_interval)
    assert surely_ahead(why.pooled_average_precision_interval)
    assert surely_ahead(why.pooled_brier_skill_interval)
    assert model == "logistic"


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

"""Forecasts use only what was known at the time, and fits find what is there."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import nbinom, poisson
from sklearn.linear_model import LogisticRegression

from siaga.monitor.backtest import MODELS, backtest
from siaga.monitor.baselines import Case
from siaga.monitor.calibration import fit_calibration
from siaga.monitor.logistic import fit_logistic
from siaga.monitor.negative_binomial import at_least
from siaga.monitor.panel import Floats, Panel, panel_of
from siaga.monitor.question import Question, outcome

QUESTION = Question(horizon=3, threshold=25, quiet=6)
DICE = np.random.default_rng(7)


def invented(units: int = 12, steps: int = 120, seed: int = 1) -> Panel:
    """Wars that begin, last and end at random."""
    dice = np.random.default_rng(seed)
    counts = np.zeros((units, steps))
    for unit in range(units):
        level = 0.0
        for step in range(steps):
            level = 0.9 * level + (dice.random() < 0.04) * dice.exponential(60)
            counts[unit, step] = dice.poisson(level)
    return panel_of([f"U{unit}" for unit in range(units)], date(2000, 1, 1), "month", counts)


def case_of(panel: Panel) -> Case:
    turned_out = outcome(panel, QUESTION)
    return Case(panel, turned_out, turned_out.calm)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_no_forecast_changes_with_what_comes_after_it(name: str) -> None:
    panel = invented()
    changed = panel.counts.copy()
    changed[:, 80:] = DICE.poisson(40, changed[:, 80:].shape)
    other = Panel(panel.units, panel.first, panel.step, changed)
    first, second = (MODELS[name](case_of(one))[:, :80] for one in (panel, other))
    assert np.allclose(first, second, equal_nan=True)
    assert np.isfinite(first[:, 30:]).all()


def test_last_poisson_is_the_chance_of_any_of_three_draws() -> None:
    panel = invented()
    found = MODELS["last_poisson"](case_of(panel))
    assert np.allclose(found, 1 - poisson.cdf(24, panel.counts) ** 3)


def test_conflictology_draws_from_the_last_twelve() -> None:
    panel = invented()
    share = (panel.counts[:, 48:60] >= 25).mean(axis=1)
    assert np.allclose(MODELS["conflictology_12"](case_of(panel))[:, 59], 1 - (1 - share) ** 3)


def test_climatology_knows_only_outcomes_that_were_known() -> None:
    case = case_of(invented())
    positive, calm = case.outcome.positive[:, :48], case.outcome.calm[:, :48]
    assert MODELS["climatology"](case)[0, 50] == pytest.approx(positive[calm].mean())


def test_the_tail_is_that_of_scipy() -> None:
    mean = np.array([0.0, 0.5, 30.0, 400.0])
    assert np.allclose(at_least(25, mean, 0.7), nbinom.sf(24, 0.7, 0.7 / (0.7 + mean)))


def test_the_logistic_is_that_of_scikit_learn() -> None:
    features = DICE.normal(size=(400, 3))
    labels = (DICE.random(400) < 1 / (1 + np.exp(-features @ [1.0, -2.0, 0.0] + 1))).astype(float)
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    reference = LogisticRegression(C=1 / 5.0, tol=1e-8).fit(scaled, labels)
    found = fit_logistic(features, labels, 5.0, np.zeros(400))
    assert np.allclose(found.odds(features), reference.decision_function(scaled), atol=1e-3)


def test_what_is_known_already_is_not_learned_again() -> None:
    features = DICE.normal(size=(4000, 2))
    known = features @ [1.0, -2.0] - 1
    labels = (DICE.random(4000) < 1 / (1 + np.exp(-known - features[:, 0]))).astype(float)
    found = fit_logistic(features, labels, 5.0, known)
    assert np.allclose(found.weights, [0, 1, 0], atol=0.15)


def test_overconfident_forecasts_are_drawn_in() -> None:
    odds = DICE.normal(-2, 2, 20_000)
    labels = (DICE.random(20_000) < 1 / (1 + np.exp(-odds / 2 - 1))).astype(float)
    found = fit_calibration(odds, labels).probability(odds)
    assert abs(float(found.mean() - labels.mean())) < 0.02
    assert np.allclose(found, 1 / (1 + np.exp(-odds / 2 - 1)), atol=0.05)


def test_few_outcomes_leave_forecasts_nearly_as_they_are() -> None:
    odds: Floats = np.full(20, -3.0)
    found = fit_calibration(odds, np.eye(20)[0] + np.eye(20)[1]).probability(odds)
    assert abs(float(found[0]) - 1 / (1 + np.exp(3))) < 0.01


def test_a_backtest_is_the_same_again_and_names_every_model_in_every_task() -> None:
    first, second = (backtest(invented(), QUESTION, "2006-01") for _ in range(2))
    assert first == second
    for task in first.tasks:
        assert tuple(one.model for one in task.models) == tuple(MODELS)

"""A challenger takes the place of the reference if, before the test, it was ahead and surely closer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from siaga.monitor.backtest import backtest, expected
from siaga.monitor.panel import Floats, Panel
from siaga.monitor.scorecard import Backtest
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
    assert (result.promotion.average_precision or 0) > 0
    assert result.promotion.brier_interval is not None
    assert result.promotion.brier_interval[1] < 0


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

"""Scores agree with their reference implementations and definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from siaga.monitor.scores import (
    average_precision,
    brier,
    by_unit,
    calibration_error,
    crps,
    drawn_precision,
    interval,
    reliability,
)

outcomes = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=60)


@given(outcomes)
def test_average_precision_is_that_of_scikit_learn_ties_included(pairs: list[tuple[bool, int]]) -> None:
    positive, scores = np.array([one for one, _ in pairs]), np.array([score / 8 for _, score in pairs])
    found = average_precision(positive, scores)
    if not positive.any():
        assert found is None
    else:
        assert found == pytest.approx(average_precision_score(positive, scores))


@given(outcomes, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_the_precision_of_drawn_units_is_that_of_their_rows_repeated(
    pairs: list[tuple[bool, int]], times: list[int]
) -> None:
    positive, scores = np.array([one for one, _ in pairs]), np.array([score / 8 for _, score in pairs])
    owners = np.arange(len(pairs)) % len(times)
    repeated = np.repeat(np.arange(len(pairs)), np.array(times)[owners])
    expected = average_precision(positive[repeated], scores[repeated])
    [found, all_once] = drawn_precision(positive, scores, owners, np.array([times, [1] * 4], dtype=float))
    assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)
    assert np.isnan(all_once) == (not positive.any())


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=30), st.floats(0, 1e4))
def test_crps_is_its_definition(draws: list[float], observed: float) -> None:
    x = np.array([draws])
    expected = np.abs(x - observed).mean() - np.abs(x[0][:, None] - x[0][None, :]).mean() / 2
    assert crps(x, np.array([observed]))[0] == pytest.approx(expected, abs=1e-6)


def test_a_forecast_that_is_sure_and_right_has_no_error() -> None:
    positive = np.array([True, False, True])
    assert brier(positive, positive.astype(float)) == 0
    assert calibration_error(positive, positive.astype(float)) == 0


def test_the_calibration_error_is_how_far_a_bin_is_off() -> None:
    positive = np.array([True, False, False, False])
    assert calibration_error(positive, np.full(4, 0.35)) == pytest.approx(0.10)


def test_bins_hold_every_forecast_once_and_empty_ones_say_nothing() -> None:
    bins = reliability(np.array([False, True]), np.array([0.0, 1.0]))
    assert [one.forecasts for one in bins] == [1, *[0] * 8, 1]
    assert (bins[5].mean, bins[5].share) == (None, None)


def test_an_interval_holds_the_figure_and_is_drawn_the_same_again() -> None:
    values = np.arange(40.0)
    first, again = (interval(lambda units: float(values[units].mean()), by_unit(40, 200, 1)) for _ in range(2))
    assert first == again
    assert first is not None
    assert first[0] < values.mean() < first[1]

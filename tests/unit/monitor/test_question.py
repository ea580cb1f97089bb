"""Positive, at risk and onset are what the definitions say, step by step."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from siaga.monitor.history import any_ahead, highest, smoothed, steps_since
from siaga.monitor.panel import panel_of
from siaga.monitor.question import Outcome, Question, outcome

QUESTION = Question(horizon=2, threshold=25, quiet=3)
counts = st.lists(st.integers(0, 40), min_size=1, max_size=40)


def asked(row: list[int], question: Question = QUESTION) -> Outcome:
    return outcome(panel_of(["A"], date(2000, 1, 1), "month", [row]), question)


@given(counts, st.integers(1, 5), st.integers(1, 6))
def test_outcomes_are_literally_as_defined(row: list[int], horizon: int, quiet: int) -> None:
    found = asked(row, Question(horizon=horizon, threshold=25, quiet=quiet))
    for t in range(len(row)):
        assert found.positive[0, t] == any(count >= 25 for count in row[t + 1 : t + 1 + horizon])
        lately = row[max(0, t - quiet + 1) : t + 1]
        assert found.calm[0, t] == (len(lately) == quiet and all(count < 25 for count in lately))
        assert found.onset[0, t] == (row[t] >= 25 and t > 0 and bool(found.calm[0, t - 1]))


def test_the_threshold_itself_is_reached() -> None:
    assert asked([0, 24, 25]).reached.tolist() == [[False, False, True]]


@given(counts)
def test_no_sum_over_the_past_looks_ahead(row: list[int]) -> None:
    full, cut = np.array([row], dtype=float), np.array([row[: len(row) // 2 + 1]], dtype=float)
    whole, begun = ((smoothed(values, 3.0), highest(values, 4), steps_since(values > 0, 120)) for values in (full, cut))
    assert all(np.allclose(one[:, : cut.shape[1]], other) for one, other in zip(whole, begun, strict=True))


def test_the_smoothed_mean_of_a_constant_is_the_constant() -> None:
    assert np.allclose(smoothed(np.full((1, 9), 7.0), 2.0), 7.0)


def test_nothing_is_ahead_of_the_last_step() -> None:
    assert not any_ahead(np.array([[True, True]]), 5)[0, 1]

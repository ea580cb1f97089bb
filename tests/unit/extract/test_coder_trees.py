"""Boosted trees over numbers."""

from __future__ import annotations

import numpy as np
import pytest

from siaga.base.errors import PackError
from siaga.extract.coder.sides import SIDE_FEATURES
from siaga.extract.coder.trees import Trees, load_trees

STUMPS = Trees(
    base=0.5,
    column=np.array([[0, 0, 0], [1, 0, 0]], np.int16),
    threshold=np.array([[2.0, 0, 0], [0.0, 0, 0]]),
    left=np.array([[1, 1, 2], [1, 1, 2]], np.int16),
    right=np.array([[2, 1, 2], [2, 1, 2]], np.int16),
    value=np.array([[0.0, -1.0, 1.0], [0.0, -0.25, 0.25]], np.float32),
    depth=1,
)
"""Two trees of one question: is column 0 over 2, is column 1 over 0."""


def test_each_tree_adds_its_leaf_to_the_base() -> None:
    rows = np.array([[2.0, 0.0], [3.0, 0.0], [3.0, 1.0]])
    assert STUMPS.log_odds(rows).tolist() == [-0.75, 1.25, 1.75]


def test_reasons_add_up_to_the_log_odds() -> None:
    row = np.array([3.0, -1.0])
    assert STUMPS.reasons(row).tolist() == [1.0, -0.25]
    trees = load_trees("sides")
    rows = np.random.default_rng(3).normal(size=(20, len(SIDE_FEATURES))) * 3
    for one, odds in zip(rows, trees.log_odds(rows), strict=True):
        assert np.isclose(trees.reasons(one).sum() + trees.base + trees.value[:, 0].sum(), odds, atol=1e-3)


def test_more_steps_than_a_tree_is_deep_change_nothing() -> None:
    rows = np.array([[2.0, 0.0], [3.0, 1.0]])
    assert STUMPS._replace(depth=9).log_odds(rows).tolist() == STUMPS.log_odds(rows).tolist()


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises(PackError, match="nothing"):
        load_trees("nothing")


def test_many_rows_at_once_are_told_what_each_is_told_alone() -> None:
    trees = load_trees("sides")
    rows = np.random.default_rng(4).normal(size=(137, len(SIDE_FEATURES))) * 3
    alone = [trees.log_odds(row[None, :])[0] for row in rows]
    assert trees.log_odds(rows).tolist() == alone
    assert trees.log_odds(rows[:0]).tolist() == []

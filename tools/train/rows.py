"""Boosted trees grown on rows of numbers, in the arrays that `extract/coder/trees.py` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from siaga.extract.coder.trees import Trees

__all__ = ["NO_TREES", "RowExample", "grow"]

TREES = 200
"""Trees of the second look at sides. Log loss in cross-validation (Indonesian / English): 100 of 15 leaves .256 / .253,
300 of 31 leaves .252 / .248; what is in between was not measured."""


class RowExample(NamedTuple):
    """A row of numbers, the right answer, and how often the example counts."""

    row: list[float]
    answer: bool
    weight: float


def grow(examples: Sequence[RowExample]) -> Trees:
    """Boosted trees, the same for every language."""
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=0.07, max_leaf_nodes=24, min_samples_leaf=40, l2_regularization=1.0,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    rows, answers = np.array([one.row for one in examples]), [one.answer for one in examples]
    model.fit(rows, answers, sample_weight=[one.weight for one in examples])
    # scikit-learn has no public way to the nodes of its trees; `test_train_coder` holds the two against each other
    return _trees(float(model._baseline_prediction[0, 0]), [trees[0].nodes for trees in model._predictors])  # noqa: SLF001


def _trees(base: float, grown: Sequence[Any]) -> Trees:
    """The nodes of the trees side by side, in arrays as wide as the largest tree."""
    shape = len(grown), max((len(nodes) for nodes in grown), default=0)
    column, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape, np.float32)
    for number, nodes in enumerate(grown):
        leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
        column[number, own] = np.where(leaf, 0, nodes["feature_idx"])
        threshold[number, own] = np.where(leaf, 0.0, nodes["num_threshold"])
        left[number, own] = np.where(leaf, own, nodes["left"])
        right[number, own] = np.where(leaf, own, nodes["right"])
        value[number, own] = _means(nodes)
    depth = max((int(nodes["depth"].max()) for nodes in grown), default=0)
    return Trees(base, column, threshold, left, right, value, depth)


def _means(nodes: Any) -> np.ndarray:  # noqa: ANN401 - a structured array of scikit-learn
    """What each leaf adds, and of each inner node the mean of what lies below it."""
    values = np.array(nodes["value"])
    for node in reversed(range(len(nodes))):
        if not nodes["is_leaf"][node]:
            below = nodes["left"][node], nodes["right"][node]
            counts = [float(nodes["count"][one]) for one in below]
            values[node] = np.average([values[one] for one in below], weights=counts)
    return values


NO_TREES = _trees(0.0, ())
"""Trees that have not grown yet."""

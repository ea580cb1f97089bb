"""The trees that are shipped say what those say that were grown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

sklearn_ensemble = pytest.importorskip("sklearn.ensemble")

from tools.train.rows import RowExample, grow  # noqa: E402 - needs scikit-learn


def test_grown_trees_answer_as_scikit_learn_does(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    rows = random.normal(size=(600, 4))
    answers = rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.3
    grown: list[Any] = []
    fit = sklearn_ensemble.HistGradientBoostingClassifier.fit

    def kept(model: Any, *args: Any, **names: Any) -> Any:
        grown.append(fit(model, *args, **names))
        return grown[-1]

    monkeypatch.setattr(sklearn_ensemble.HistGradientBoostingClassifier, "fit", kept)
    trees = grow([RowExample(row, bool(answer), 1.0) for row, answer in zip(rows.tolist(), answers, strict=True)])
    [model] = grown
    assert np.allclose(trees.log_odds(rows), model.decision_function(rows), atol=1e-4)

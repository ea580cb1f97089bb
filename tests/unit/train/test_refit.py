"""Models of which a share stays as it was."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from siaga.extract.coder.linear import Linear, Softmax
from tools.train_coder import LEAST_WEIGHT, mean_of


def softmax(**weights: float) -> Softmax:
    return Softmax({"yes": Linear(weights)})


def test_the_mean_of_two_models_says_the_mean_of_what_they_say() -> None:
    old, new = softmax(a=1.0, b=-2.0), softmax(a=3.0, c=4.0)
    mean = mean_of(old, new, 0.25)
    for features in (["a"], ["b"], ["c"], ["a", "b", "c"]):
        said = 0.25 * old.scores(features)["yes"] + 0.75 * new.scores(features)["yes"]
        assert mean.scores(features)["yes"] == pytest.approx(said)


@pytest.mark.parametrize(("keep", "expected"), [(0.0, {"b": 2.0}), (1.0, {"a": 1.0})])
def test_all_or_nothing_stays(keep: float, expected: dict[str, float]) -> None:
    assert mean_of(softmax(a=1.0), softmax(b=2.0), keep).outcomes["yes"].weights == expected


def test_what_changes_no_decision_is_left_out() -> None:
    assert not mean_of(softmax(a=LEAST_WEIGHT), softmax(), 0.5).outcomes["yes"].weights

"""Graphs for ONNX Runtime, written as bytes."""

from __future__ import annotations

import numpy as np
import pytest

from siaga.extract.graphs import Run, constant, node


def test_a_graph_does_what_its_steps_say() -> None:
    steps = (node("Mul", ("rows", "twice"), ("doubled",)), node("Add", ("doubled", "one"), ("raised",)))
    constants = (constant("twice", np.array(2, np.float32)), constant("one", np.array([1, 10], np.float32)))
    run = Run(steps, constants, np.float32, ("raised", "doubled"))
    raised, doubled = run(np.array([[1, 2], [3, 4]], np.float32))
    assert raised.tolist() == [[3, 14], [7, 18]]
    assert doubled.tolist() == [[2, 4], [6, 8]]


def test_a_graph_takes_any_number_of_rows_none_among_them() -> None:
    run = Run((node("Neg", ("rows",), ("less",)),), (), np.float32, ("less",))
    for count in (0, 1, 200):
        assert run(np.ones((count, 3), np.float32))[0].shape == (count, 3)


def test_a_constant_of_many_values_keeps_their_shape_and_type() -> None:
    values = np.arange(300, dtype=np.int64).reshape(3, 100)  # sizes that take one and two bytes
    run = Run((node("Gather", ("values", "rows"), ("found",)), node("Cast", ("found",), ("told",), to=1)),
              (constant("values", values),), np.int64, ("told",))  # fmt: skip
    assert run(np.array([2, 0]))[0].tolist() == values[[2, 0]].tolist()


def test_attributes_are_numbers_lists_and_arrays() -> None:
    leaf = node(
        "TreeEnsembleRegressor", ("rows",), ("odds",), "ai.onnx.ml", n_targets=1,
        nodes_treeids=[0, 0, 0], nodes_nodeids=[0, 1, 2], nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"],
        nodes_featureids=[0, 0, 0], nodes_values_as_tensor=np.array([1.5, 0, 0]), nodes_truenodeids=[1, 0, 0],
        nodes_falsenodeids=[2, 0, 0], target_treeids=[0, 0], target_nodeids=[1, 2], target_ids=[0, 0],
        target_weights_as_tensor=np.array([-1.0, 300.0]),
    )  # fmt: skip
    [odds] = Run((leaf,), (), np.float64, ("odds",))(np.array([[1.5], [1.6]]))
    assert odds.tolist() == [[-1], [300]]


def test_a_step_that_onnx_does_not_know_is_refused() -> None:
    with pytest.raises(Exception, match="Nonsense"):
        Run((node("Nonsense", ("rows",), ("out",)),), (), np.float32, ("out",))

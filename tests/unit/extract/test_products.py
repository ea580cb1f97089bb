"""Products in whole numbers of 8 bits."""

from __future__ import annotations

import numpy as np
import pytest

from siaga.extract.syntax.products import Part, Products

DICE = np.random.default_rng(1)
WEIGHT: np.ndarray = DICE.normal(size=(200, 40)).astype(np.float32)
BIAS: np.ndarray = DICE.normal(size=40).astype(np.float32)
ROWS = np.tanh(DICE.normal(size=(30, 200))).astype(np.float32)


@pytest.mark.parametrize(
    ("bend", "bent"),
    [("", lambda values: values), ("Relu", lambda values: np.maximum(values, 0)), ("Tanh", np.tanh),
     ("Sigmoid", lambda values: 1 / (1 + np.exp(-values)))],
)  # fmt: skip
def test_products_are_near_those_of_single_precision(bend: str, bent: np.ufunc) -> None:
    [found] = Products([Part(WEIGHT * np.float32(0.1), BIAS, bend)], 1)(ROWS)
    wanted = bent(ROWS @ WEIGHT / 10 + BIAS)
    assert found.dtype == np.float32
    assert np.abs(found - wanted).max() < 0.05
    assert np.abs(found - wanted).mean() < 0.015 * np.abs(wanted).mean()


def test_of_each_part_there_is_a_block_in_order() -> None:
    small, large = Products([Part(WEIGHT[:, :3], BIAS[:3]), Part(WEIGHT, BIAS)], 1)(ROWS)
    assert small.tolist() == large[:, :3].tolist()
    assert small.flags.c_contiguous
    assert large.flags.c_contiguous


def test_a_row_is_told_the_same_alone_and_in_company() -> None:
    products = Products([Part(WEIGHT, BIAS, "Tanh")], 1)
    wild = np.concatenate((ROWS, 100 * ROWS))
    assert products(wild)[0][:30].tolist() == [products(row[None, :])[0][0].tolist() for row in ROWS]


def test_what_lies_beyond_reach_counts_as_reach() -> None:
    products = Products([Part(WEIGHT, BIAS)], 1)
    assert products(50 * np.sign(ROWS))[0].tolist() == products(np.sign(ROWS) * np.float32(1.01))[0].tolist()


def test_the_largest_numbers_that_can_meet_are_added_up_exactly() -> None:
    """Sums of two products that leave 16 bits would be cut on processors without instructions for four at a time."""
    weight, rows = np.ones((512, 4), np.float32), np.ones((3, 512), np.float32)
    assert Products([Part(weight, np.zeros(4, np.float32))], 1)(rows)[0].tolist() == [[512] * 4] * 3
    assert Products([Part(-weight, np.zeros(4, np.float32))], 1)(rows)[0].tolist() == [[-512] * 4] * 3


def test_a_column_of_nothing_gives_nothing() -> None:
    assert not Products([Part(np.zeros((200, 2), np.float32), np.zeros(2, np.float32))], 1)(ROWS)[0].any()

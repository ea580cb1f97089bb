"""Boosted trees over numbers, all rows of an article at once: `tools/train_coder.py` grows them."""

from __future__ import annotations

import zipfile
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from siaga.base.errors import PackError
from siaga.base.pack import asset

__all__ = ["RowModel", "Trees", "load_trees"]

Floats = npt.NDArray[np.float64]


class RowModel(Protocol):
    """Whatever answers a yes/no question about rows of numbers."""

    def log_odds(self, rows: Floats, /) -> Floats:
        """Log odds of yes of each row."""

    def reasons(self, row: Floats, /) -> Floats:
        """What each column adds to the log odds of a row."""


class Trees(NamedTuple):
    """A yes/no model: the log odds are `base` and what the leaf of each tree adds.

    A node sends a row left where its column is at most the threshold; a leaf sends every row to itself. All arrays are
    `[tree, node]`.
    """

    base: float
    column: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: npt.NDArray[np.float32]
    """What a node adds to the log odds: at a leaf what counts, above one the mean of what lies below it."""
    depth: int
    """Steps from the root to the furthest leaf."""

    def log_odds(self, rows: Floats) -> Floats:
        """Log odds of yes of each row `[row, column]`."""
        trees, width = self.column.shape
        first = np.arange(trees, dtype=np.intp) * width
        left, right = (self.left + first[:, None]).ravel(), (self.right + first[:, None]).ravel()
        column, threshold, flat = self.column.ravel(), self.threshold.ravel(), np.ascontiguousarray(rows).ravel()
        start = np.repeat(np.arange(len(rows), dtype=np.intp) * rows.shape[1], trees)
        node = np.tile(first, len(rows))
        still = np.arange(len(node))
        for _ in range(self.depth):
            here = node.take(still)
            goes_left = flat.take(start.take(still) + column.take(here)) <= threshold.take(here)
            below = np.where(goes_left, left.take(here), right.take(here))
            node[still] = below
            still = still[below != here]  # most leaves lie far above the deepest one
        added: Floats = self.value.ravel().take(node).reshape(len(rows), trees).astype(np.float64).sum(axis=1)
        return self.base + added

    def reasons(self, row: Floats) -> Floats:
        """What each column added to the log odds of one row: the change of mean at each node that asked for it."""
        added = np.zeros(len(row))
        tree, only = np.arange(len(self.column))[None, :], np.zeros((1, 1), np.intp)
        node = np.zeros((1, len(self.column)), np.intp)
        for _ in range(self.depth):
            below = self._next(row[None, :], only, tree, node)
            np.add.at(added, self.column[tree, node], self.value[tree, below] - self.value[tree, node])
            node = below
        return added

    def _next(
        self, rows: Floats, row: npt.NDArray[np.intp], tree: npt.NDArray[np.intp], node: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.intp]:
        goes_left = rows[row, self.column[tree, node]] <= self.threshold[tree, node]
        return np.where(goes_left, self.left[tree, node], self.right[tree, node]).astype(np.intp)


@cache
def load_trees(name: str) -> Trees:
    """The trees `assets/model/<name>.npz`, which serve every language.

    Raises:
        PackError: there is no such file, or it is none of ours.

    """
    path = asset("model", f"{name}.npz")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found = {key: arrays[key] for key in Trees._fields}
    except (FileNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise PackError(f"{path}: expected the arrays of a model, met {error}") from error
    numbers = {"base": float(found["base"]), "depth": int(found["depth"])}
    return Trees(**{**found, **numbers, "threshold": found["threshold"].astype(np.float64)})

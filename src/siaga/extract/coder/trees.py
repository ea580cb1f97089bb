"""Boosted trees over numbers, all rows of an article at once: `tools/train_coder.py` grows them."""

from __future__ import annotations

import zipfile
from functools import cache, cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from siaga.base.errors import PackError
from siaga.base.pack import asset
from siaga.extract.graphs import Run, node

__all__ = ["RowModel", "Trees", "load_trees"]

Floats = npt.NDArray[np.float64]


class RowModel(Protocol):
    """Whatever answers a yes/no question about rows of numbers."""

    def log_odds(self, rows: Floats, /) -> Floats:
        """Log odds of yes of each row."""

    def reasons(self, row: Floats, /) -> Floats:
        """What each column adds to the log odds of a row."""


class _Arrays(NamedTuple):
    """What a model is written as; all arrays are `[tree, node]`."""

    base: float
    column: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: npt.NDArray[np.float32]
    """What a node adds to the log odds: at a leaf what counts, above one the mean of what lies below it."""
    depth: int
    """Steps from the root to the furthest leaf."""


class Trees(_Arrays):
    """A yes/no model: the log odds are `base` and what the leaf of each tree adds.

    A node sends a row left where its column is at most the threshold; a leaf sends every row to itself.
    """

    def log_odds(self, rows: Floats) -> Floats:
        """Log odds of yes of each row `[row, column]`."""
        if not len(rows):
            return np.empty(0)
        [odds] = self._run(rows)
        told: Floats = odds[:, 0].astype(np.float64)
        return told

    @cached_property
    def _run(self) -> Run:
        tree, place = np.nonzero(self._reached())
        leaf = self.left[tree, place] == place
        attributes = {
            "n_targets": 1, "base_values_as_tensor": np.array([self.base]),
            "nodes_treeids": tree.tolist(), "nodes_nodeids": place.tolist(),
            "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ").tolist(),
            "nodes_featureids": self.column[tree, place].tolist(),
            "nodes_values_as_tensor": self.threshold[tree, place],
            "nodes_truenodeids": np.where(leaf, 0, self.left[tree, place]).tolist(),
            "nodes_falsenodeids": np.where(leaf, 0, self.right[tree, place]).tolist(),
            "target_treeids": tree[leaf].tolist(), "target_nodeids": place[leaf].tolist(),
            "target_ids": [0] * int(leaf.sum()),
            "target_weights_as_tensor": self.value[tree, place][leaf].astype(np.float64),
        }  # fmt: skip
        walk = node("TreeEnsembleRegressor", ("rows",), ("odds",), "ai.onnx.ml", **attributes)
        return Run((walk,), (), np.float64, ("odds",))

    def _reached(self) -> npt.NDArray[np.bool_]:
        """Which nodes lie below the root of their tree, or are it; the others only fill the arrays."""
        reached = np.zeros(self.column.shape, bool)
        reached[:, 0] = True
        for _ in range(self.depth):
            for below in (self.left, self.right):
                tree, place = np.nonzero(reached)
                reached[tree, below[tree, place]] = True
        return reached

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

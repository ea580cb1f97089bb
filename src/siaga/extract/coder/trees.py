"""Boosted trees over numbers, all rows of an article at once: `tools/train_coder.py` grows them."""

from __future__ import annotations

import zipfile
from functools import cache, cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from siaga.base.errors import PackError
from siaga.base.pack import asset

__all__ = ["RowModel", "Trees", "load_trees"]

Floats = npt.NDArray[np.float64]
AT_ONCE = 128
"""Rows that walk together, so that what a step asks of them stays near the processor: 1,000 took half as long again."""
COMMON_DEPTH = 4
"""Steps before which hardly any row has reached its leaf: there it is not worth while to tell which have."""


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
        parts = [self._walked(rows[first : first + AT_ONCE]) for first in range(0, len(rows), AT_ONCE)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _walked(self, rows: Floats) -> Floats:
        """The same of a few rows: all of them go down all trees at once, a step at a time."""
        ways, trees = self._ways, len(self.column)
        flat, start = rows.ravel(), np.tile(np.arange(len(rows), dtype=np.intp) * rows.shape[1], trees)
        node = np.repeat(ways.root, len(rows))
        still, here = np.arange(len(node)), node
        for step in range(self.depth):
            goes_right = flat.take(start + ways.column.take(here)) > ways.threshold.take(here)
            below = ways.child.take(here + goes_right)
            node[still] = below
            if step >= COMMON_DEPTH:  # most leaves lie far above the deepest one
                moved = below != here
                still, below, start = still[moved], below[moved], start[moved]
            here = below
        added: Floats = ways.value.take(node).reshape(trees, len(rows)).sum(axis=0)
        return self.base + added

    @cached_property
    def _ways(self) -> _Ways:
        trees, width = self.column.shape
        root = np.arange(trees, dtype=np.intp) * 2 * width
        child = 2 * np.stack((self.left, self.right), axis=-1).astype(np.intp) + root[:, None, None]
        column, threshold = np.repeat(self.column.astype(np.intp).ravel(), 2), np.repeat(self.threshold.ravel(), 2)
        return _Ways(root, column, threshold, child.ravel(), np.repeat(self.value.astype(np.float64).ravel(), 2))

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


class _Ways(NamedTuple):
    """Trees as they are walked: the nodes of all of them in one row, each at an even place.

    At that place of `child` stands the one it sends rows to on its left, at the next place the one on its right.
    """

    root: npt.NDArray[np.intp]
    column: npt.NDArray[np.intp]
    threshold: Floats
    child: npt.NDArray[np.intp]
    value: Floats


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

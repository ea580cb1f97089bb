"""Sentences side by side: step 0 of every sentence, then step 1 of those that have one, and so on; no padding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.weights import Floats

__all__ = ["Packing", "pack", "scan"]

Numbers = NDArray[np.intp]


class Packing(NamedTuple):
    """Where each word stands when sentences run side by side, longest first."""

    order: Numbers
    """Word in running order -> its packed place."""
    before: Numbers
    """Packed place -> packed place of the word before it; the number of words where there is none."""
    after: Numbers
    steps: tuple[tuple[int, int], ...]
    """For each step, where it begins and how many sentences have it."""


def pack(lengths: Sequence[int]) -> Packing:
    """The packing of sentences of these lengths, none of them 0."""
    sizes = np.asarray(lengths, dtype=np.intp)
    rank = np.empty_like(sizes)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    counts = np.bincount(sizes, minlength=sizes.max() + 1)[::-1].cumsum()[::-1][1:]
    begins = np.concatenate(([0], counts.cumsum()))
    total, starts = int(sizes.sum()), np.repeat(sizes.cumsum() - sizes, sizes)
    step, row = np.arange(total) - starts, np.repeat(rank, sizes)
    order = begins[step] + row
    before, after = np.full(total, total), np.full(total, total)
    inner, outer = step > 0, step < np.repeat(sizes, sizes) - 1
    before[order[inner]] = order[np.flatnonzero(inner) - 1]
    after[order[outer]] = order[np.flatnonzero(outer) + 1]
    return Packing(order, before, after, tuple(zip(begins[:-1].tolist(), counts.tolist(), strict=True)))


def scan(keep: Floats, add: Floats, steps: Sequence[tuple[int, int]]) -> None:
    """`add[t] += keep[t] * add[t - 1]` down the first half of the columns and up the second, in place."""
    half = add.shape[1] // 2
    moves = tuple((last, begin, size) for (last, _), (begin, size) in pairwise(steps))
    for last, begin, size in moves:
        _take(keep[:, :half], add[:, :half], begin, last, size)
    for last, begin, size in reversed(moves):
        _take(keep[:, half:], add[:, half:], last, begin, size)


def _take(keep: Floats, add: Floats, here: int, there: int, size: int) -> None:
    """The first `size` sentences' states at `here` take what is kept of those at `there`."""
    add[here : here + size] += keep[here : here + size] * add[there : there + size]

"""Sentences side by side: step 0 of every sentence, then step 1 of those that have one, and so on; no padding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.weights import Floats

__all__ = ["Halves", "Numbers", "Packing", "pack", "scan"]

Numbers = NDArray[np.intp]
Halves = tuple[Floats, Floats]
"""What runs forwards and what runs backwards, each in a block of memory of its own."""


class Packing(NamedTuple):
    """Where each word stands when sentences run side by side, longest first."""

    order: Numbers
    """Word in running order -> its packed place."""
    before: Numbers
    """Packed place -> packed place of the word before it; the number of words where there is none."""
    after: Numbers
    steps: tuple[tuple[int, int], ...]
    """For each step, where it begins and how many sentences have it."""


def pack(lengths: Sequence[int] | Numbers) -> Packing:
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


def scan(keep: Halves, add: Halves, steps: Sequence[tuple[int, int]]) -> None:
    """`add[t] += keep[t] * add[t - 1]`, forwards in the first half and backwards in the second, in place."""
    taken = np.empty((steps[0][1], add[0].shape[1]), np.float32)
    for (last, _), (begin, size) in pairwise(steps):
        _take(keep[0], add[0], begin, last, taken[:size])
    for (begin, size), (last, _) in pairwise(reversed(steps)):
        _take(keep[1], add[1], last, begin, taken[:size])


def _take(keep: Floats, add: Floats, here: int, there: int, taken: Floats) -> None:
    """The states of the first sentences at `here` take what is kept of those at `there`; there is room in `taken`."""
    size, states = len(taken), add[here : here + len(taken)]
    np.multiply(keep[here : here + size], add[there : there + size], taken)
    np.add(states, taken, states)

"""Scores of heads -> a tree: each word's best head, repaired where those do not make one tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.weights import Floats

__all__ = ["NEVER", "best_heads", "best_tree", "forest"]

Numbers = NDArray[np.intp]
NEVER = np.float32(-1e9)
"""The score of a head that can't be."""


def forest(scores: Floats, lengths: Sequence[int]) -> Numbers:
    """Heads of the words of sentences that follow each other, by their running numbers; -1 for a root.

    Scores are `[word, head]`, head 0 the root and the others counted from the first word of the sentence; where the
    longest sentence has more words than this one, there is `NEVER`.
    """
    sizes = np.asarray(lengths, np.intp)
    starts = sizes.cumsum() - sizes
    first_words = np.repeat(starts, sizes)
    best = scores.argmax(1)
    above = np.where(best > 0, best - 1 + first_words, len(best))
    for number in _no_trees(best, above, starts, int(sizes.max())):
        first, last = starts[number], starts[number] + sizes[number]
        best[first:last] = best_heads(scores[first:last, : sizes[number] + 1])
    heads: Numbers = np.where(best > 0, best - 1 + first_words, -1)
    return heads


def _no_trees(best: Numbers, above: Numbers, starts: Numbers, longest: int) -> list[int]:
    """Numbers of the sentences that have no root or several, or a word from which none is reached."""
    reached = np.append(above, len(above))
    for _ in range(longest.bit_length()):
        reached = reached[reached]
    lost = np.add.reduceat(reached[:-1] != len(above), starts, dtype=np.intp)
    roots = np.add.reduceat(best == 0, starts, dtype=np.intp)
    found: list[int] = np.flatnonzero((roots != 1) | (lost > 0)).tolist()
    return found


def best_heads(scores: Floats) -> Numbers:
    """Heads of a sentence's words from scores `[word, head]`, head 0 being the root: one root, no cycles.

    >>> best_heads(np.array([[0, 0, 5], [9, 4, 0]], dtype=np.float32)).tolist()
    [2, 0]
    """
    heads: Numbers = scores.argmax(1)
    if np.count_nonzero(heads == 0) == 1 and not _cycle(heads):
        return heads
    return best_tree(_with_one_root(scores))


def _with_one_root(scores: Floats) -> Floats:
    """The scores with a single word allowed to be the root: the one that loses least by it."""
    loss = scores[:, 1:].max(1) - scores[:, 0] if scores.shape[0] > 1 else np.zeros(1)
    root = int(loss.argmin())
    limited = scores.copy()
    limited[:, 0] = NEVER
    limited[root] = NEVER
    limited[root, 0] = 0
    return limited


def best_tree(scores: Floats) -> Numbers:
    """The best tree by Chu-Liu and Edmonds: a cycle becomes one word, the rest is solved, the cycle opened again."""
    own = np.arange(scores.shape[0])
    scores = scores.copy()
    scores[own, own + 1] = NEVER
    heads: Numbers = scores.argmax(1)
    cycle = _cycle(heads)
    return _opened(scores, heads, np.array(cycle)) if cycle else heads


def _opened(scores: Floats, heads: Numbers, cycle: Numbers) -> Numbers:
    """Solve with the cycle (0-based) as one last word, then let one of its words take the head found from outside."""
    rest = np.setdiff1d(np.arange(len(scores)), cycle)
    nodes = np.concatenate(([0], rest + 1))
    gains = scores[cycle][:, nodes] - scores[cycle, heads[cycle]][:, None]
    entry, into = gains.argmax(0), gains.max(0)
    out = scores[rest][:, cycle + 1]
    leaving = out.argmax(1)
    small = np.full((len(rest) + 1, len(rest) + 2), NEVER, np.float32)
    small[:-1, :-1] = scores[rest][:, nodes]
    small[:-1, -1] = out.max(1) if len(rest) else 0
    small[-1, :-1] = into
    solved = best_tree(small)
    heads = heads.copy()
    last = len(rest) + 1
    for place, word in enumerate(rest.tolist()):
        heads[word] = cycle[leaving[place]] + 1 if solved[place] == last else nodes[solved[place]]
    heads[cycle[entry[solved[-1]]]] = nodes[solved[-1]]
    return heads


def _cycle(heads: Numbers) -> list[int]:
    """The words (0-based) of one cycle among 1-based heads; empty if there is none."""
    above = heads.tolist()
    seen = [0] * len(above)
    for start in range(len(above)):
        word = start
        while word >= 0 and not seen[word]:
            seen[word] = start + 1
            word = above[word] - 1
        if word >= 0 and seen[word] == start + 1:
            return _round(above, word)
    return []


def _round(above: list[int], start: int) -> list[int]:
    cycle, word = [start], above[start] - 1
    while word != start:
        cycle.append(word)
        word = above[word] - 1
    return sorted(cycle)

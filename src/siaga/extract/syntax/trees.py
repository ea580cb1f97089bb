"""Scores of heads -> a tree: each word's best head, repaired where those do not make one tree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.weights import Floats

__all__ = ["best_heads", "best_tree"]

Numbers = NDArray[np.intp]
_NEVER = np.float32(-1e9)


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
    limited[:, 0] = _NEVER
    limited[root] = _NEVER
    limited[root, 0] = 0
    return limited


def best_tree(scores: Floats) -> Numbers:
    """The best tree by Chu-Liu and Edmonds: a cycle becomes one word, the rest is solved, the cycle opened again."""
    own = np.arange(scores.shape[0])
    scores = scores.copy()
    scores[own, own + 1] = _NEVER
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
    small = np.full((len(rest) + 1, len(rest) + 2), _NEVER, np.float32)
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

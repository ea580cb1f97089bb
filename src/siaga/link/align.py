"""Two profiles and how alike their sentences are -> which say the same, in what order, and what that leaves over.

A copy keeps the order of its original: of the sentences that match, .78 to 1 rise together in copies, about half in
independent reports of the same happening (measured on the team's `copies_dev`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.record import Record
from siaga.link.profile import ANCHOR_TERM, Profile
from siaga.link.words import contained

__all__ = ["Aligned", "Alignment", "Features", "align", "features", "lexical_likeness", "shared_share"]

Likeness = NDArray[np.float64]
"""A row a sentence of one article, a column a sentence of the other, 0 to 1."""

LEAST_LIKENESS = {"lexical": 0.15, "vectors": 0.5}
"""From which the best match of a sentence is looked at, for either kind of likeness. Of cosines of sentence vectors,
those of translations have their 5th percentile at .62, those of unrelated sentences their 95th at .49. With .15 half as
many pairs that are no copies get more than .1 by words alone as with .25; .1 loses rewordings."""
ANCHOR_WEIGHT = 2.0
"""Weight of a name or figure beside a word of the same rarity."""


class Aligned(NamedTuple):
    """The sentences that stand at these places match."""

    a: int
    b: int
    likeness: float


class Alignment(NamedTuple):
    """The sentences of which each is the other's best match, in the order of the first article."""

    found: tuple[Aligned, ...]
    covered_a: float
    """Share of the words of the first article that stand in such sentences."""
    covered_b: float


class Features(Record):
    """What tells a copy from an independent report: all readable, all 0 to 1 but `matches`."""

    least_covered: float
    """Of the two shares of words in matching sentences, the lesser."""
    most_covered: float
    matches: float
    """Logarithm of one more than how many sentences match."""
    order: float
    """Share of the matches that rise together."""
    likeness: float
    """Mean of the matches."""
    runs: float
    """Share of the word runs of the article with fewer that the other has, too."""
    names: float
    """The same of names and figures."""
    agreement: float
    """Names and figures that matching sentences share, of those that the one with fewer has; mean of the matches."""


def lexical_likeness(a: Profile, b: Profile) -> Likeness:
    """How many words, names and figures the sentences share, rare ones counting most: cosines."""
    terms, places, counts = np.unique(np.concatenate((a.terms, b.terms)), return_inverse=True, return_counts=True)
    sentences = len(a.words) + len(b.words)
    weights = np.log((sentences + 1) / counts) * np.where(terms >= ANCHOR_TERM, ANCHOR_WEIGHT, 1.0)
    matrix = np.zeros((sentences, len(terms)))
    matrix[np.concatenate((a.rows, b.rows + len(a.words))), places] = weights[places]
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(lengths > 0, lengths, 1)
    result: Likeness = matrix[: len(a.words)] @ matrix[len(a.words) :].T
    return result


def align(a: Profile, b: Profile, likeness: Likeness, least: float) -> Alignment:
    """The sentences that match."""
    if 0 in likeness.shape:
        return Alignment((), 0.0, 0.0)
    best_b, best_a = likeness.argmax(axis=1), likeness.argmax(axis=0)
    found = tuple(
        Aligned(row, int(column), float(likeness[row, column]))
        for row, column in enumerate(best_b)
        if best_a[column] == row and likeness[row, column] >= least
    )
    return Alignment(found, _share(a.sizes, [one.a for one in found]), _share(b.sizes, [one.b for one in found]))


def _share(sizes: NDArray[np.float64], places: Sequence[int]) -> float:
    return float(sizes[places].sum() / sizes.sum()) if len(places) else 0.0


def features(a: Profile, b: Profile, aligned: Alignment) -> Features:
    """What the alignment and the two articles say."""
    found = aligned.found
    return Features(
        least_covered=min(aligned.covered_a, aligned.covered_b),
        most_covered=max(aligned.covered_a, aligned.covered_b),
        matches=log(1 + len(found)),
        order=longest_rise([one.b for one in found]) / len(found) if found else 0.0,
        likeness=float(np.mean([one.likeness for one in found])) if found else 0.0,
        runs=contained(a.runs, b.runs),
        names=shared_share(a.names, b.names),
        agreement=_mean(shared_share(frozenset(a.anchors[one.a]), frozenset(b.anchors[one.b])) for one in found),
    )


def longest_rise(places: Iterable[int]) -> int:
    """Length of the longest rising subsequence."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def shared_share(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the one with fewer that the other has, too; half where one has none."""
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer else 0.5


def _mean(numbers: Iterable[float]) -> float:
    found = tuple(numbers)
    return sum(found) / len(found) if found else 0.0

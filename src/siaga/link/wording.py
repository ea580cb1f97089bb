"""How usual the wording of an article is, in its language: rewording and translating leave word pairs nobody writes.

Counts of words and pairs of neighbours in news, by hash, with a simple back-off: the chance of a word after another is
(pair + K * chance of the word) / (first word + K). Only comparing two texts of one content makes sense of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.pack import asset, languages
from siaga.link.words import Hashes, runs

__all__ = ["BACK_OFF", "Wording", "load_wording", "usualness", "with_counts"]

BACK_OFF = 3.0
"""K above. On half of the news tested on the other half, 1 to 10 make little difference."""
UNSEEN = 0.5
"""Count of a word that was never seen."""
_LOW = np.uint64(0xFFFFFFFF)


class Wording(NamedTuple):
    """Counts of one language; the hashes are sorted."""

    words: NDArray[np.uint32]
    counts: NDArray[np.float64]
    pairs: NDArray[np.uint32]
    pair_counts: NDArray[np.float64]
    total: float
    """Words that were counted."""
    usual: float
    """Mean of `usualness` over news that was not counted."""


@cache
def load_wording(language: str | None) -> Wording | None:
    """The counts of a language; null where there are none."""
    if language not in languages():
        return None
    path = asset("lang", language, "model", "wording.npz")
    if not path.is_file():
        return None
    with path.open("rb") as file, np.load(file) as read:
        return Wording(
            words=read["words"], counts=_counts(read["word_logs"]), pairs=read["pairs"],
            pair_counts=_counts(read["pair_logs"]), total=float(read["total"]), usual=float(read["usual"]),
        )  # fmt: skip


def with_counts(hashes: NDArray[np.uint32], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts as they are kept, in eight bits: their logarithms in steps of a sixteenth."""
    assert len(hashes) == len(counts)  # noqa: S101 - made together
    logs: NDArray[np.float64] = np.minimum(np.rint(np.log(counts) * 16), 255)
    return logs


def _counts(logs: NDArray[np.uint8]) -> NDArray[np.float64]:
    counts: NDArray[np.float64] = np.exp(logs.astype(np.float64) / 16)
    return counts


def usualness(sentences: Iterable[Hashes], wording: Wording) -> float:
    """Mean log chance of a word after the one before it, less what is usual in news of the language; 0: as usual."""
    chances = [_chances(words, wording) for words in sentences if len(words) > 1]
    return float(np.mean(np.concatenate(chances))) - wording.usual if chances else 0.0


def _chances(words: Hashes, wording: Wording) -> NDArray[np.float64]:
    seen = _found(words & _LOW, wording.words, wording.counts)
    together = _found(runs(words, 2) & _LOW, wording.pairs, wording.pair_counts)
    alone = (seen[1:] + UNSEEN) / wording.total
    chances: NDArray[np.float64] = np.log((together + BACK_OFF * alone) / (np.maximum(seen[:-1], together) + BACK_OFF))
    return chances


def _found(hashes: Hashes, known: NDArray[np.uint32], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The count of each; 0 where it is not known."""
    places = np.minimum(np.searchsorted(known, hashes.astype(np.uint32)), len(known) - 1)
    return np.where(known[places] == hashes, counts[places], 0.0)

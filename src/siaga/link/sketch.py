"""Article -> Sketch: the keys under which it is found again, whatever was done to its words.

Two kinds, both sampled by the least hashes, so that two articles which share much sample the same (bottom-k MinHash:
Broder, On the resemblance and containment of documents, 1997): runs of four words, which copies that were cut, added to
or edited keep; and names and figures that stand in one sentence, which rewordings and translations keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from siaga.base.article import Article
from siaga.base.lineage import Sketch
from siaga.link.rarity import rarity
from siaga.link.words import MOST_KEPT, Anchors, Hashes, anchors, distinct, mixed, runs, tokens, word_hashes

__all__ = ["sketch"]

RUN = 4
"""Words of a run."""
MOST_RUNS = 14
MOST_TOGETHER = 28
MOST_IN_SENTENCE = 12
"""Names and figures of a sentence that are looked at: a list of names is no sentence."""
LEAST_WEIGHT = 1e-6
"""Weight of a name that every article has."""
_KEY = np.uint64(0x7FFFFFFFFFFFFFFF)
"""Keys fit a signed column."""


def sketch(article: Article) -> Sketch:
    """The sketch of an article; its title counts for nothing, copies have their own."""
    found = tokens(article.text)
    words = word_hashes(found)
    keys = {*_least(runs(words, RUN), MOST_RUNS), *_together(anchors(found))}
    return Sketch(id=article.id, digest=_digest(words), keys=tuple(sorted(keys)))


def _digest(words: Hashes) -> int:
    places = np.arange(1, len(words) + 1, dtype=np.uint64)
    return int(np.bitwise_xor.reduce(mixed(words + (places << np.uint64(32)))) & _KEY) if len(words) else 0


def _least(hashes: Hashes, most: int) -> Iterator[int]:
    unique = distinct(hashes)[:most]
    return (int(one) for one in unique & _KEY)


def _together(found: Anchors) -> Iterator[int]:
    """Keys of pairs of names and figures, rare ones preferred: the least of exponential draws, a hash the dice."""
    pairs = [_pairs(sentence) for sentence in found]
    if not pairs:
        return iter(())
    keys, first = np.unique(mixed(np.concatenate([one for one, _ in pairs])) & _KEY, return_index=True)
    weights = np.concatenate([weight for _, weight in pairs])[first]
    draws = -np.log((keys + np.uint64(1)) / 2.0**63) / weights
    return iter(keys[np.argsort(draws, kind="stable")[:MOST_TOGETHER]].tolist())


def _pairs(sentence: Sequence[str]) -> tuple[Hashes, NDArray[np.float64]]:
    """The hash of each pair of names and figures of a sentence, and the product of their weights."""
    words = sorted(map(_weighed, tuple(dict.fromkeys(sentence))[:MOST_IN_SENTENCE]))
    hashes = np.array([one for one, _ in words], dtype=np.uint64)
    weights = np.array([weight for _, weight in words])
    one, other = _twos(len(words))
    return (hashes[one] << np.uint64(31)) ^ hashes[other], weights[one] * weights[other]


@lru_cache(MOST_KEPT)
def _weighed(word: str) -> tuple[int, float]:
    return crc32(word.encode()), rarity("name", word) + LEAST_WEIGHT


@cache
def _twos(many: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of each two of so many."""
    return np.triu_indices(many, 1)

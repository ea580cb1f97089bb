"""Article -> Sketch: the keys under which it is found again, whatever was done to its words.

Two kinds, both sampled by the least hashes, so that two articles which share much sample the same (bottom-k MinHash:
Broder, On the resemblance and containment of documents, 1997): runs of four words, which copies that were cut, added to
or edited keep; and names and figures that stand in one sentence, which rewordings and translations keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import log
from zlib import crc32

import numpy as np

from siaga.base.article import Article
from siaga.base.lineage import Sketch
from siaga.link.words import Anchors, Hashes, anchors, mixed, runs, tokens, word_hashes

__all__ = ["sketch"]

RUN = 4
"""Words of a run."""
MOST_RUNS = 14
MOST_TOGETHER = 28
MOST_IN_SENTENCE = 12
"""Names and figures of a sentence that are looked at: a list of names is no sentence."""
PLAIN = 0.15
"""Weight of a country, month, weekday or year beside one for other names and figures: nearly all articles have some."""
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
    unique = np.unique(hashes)[:most]
    return (int(one) for one in unique & _KEY)


def _together(found: Anchors) -> tuple[int, ...]:
    """Keys of pairs of names and figures, rare kinds preferred: the least of exponential draws, a hash the dice."""
    draws: dict[int, float] = {}
    for sentence in found:
        one_each = tuple(dict.fromkeys(sentence))[:MOST_IN_SENTENCE]
        hashed = sorted((crc32(word.encode()), _weight(word)) for word in one_each)
        for (first, one), (second, other) in combinations(hashed, 2):
            key = _mixed((first << 31) ^ second)
            draws[key] = -log((key + 1) / 2**63) / (one * other)
    return tuple(sorted(draws, key=draws.__getitem__)[:MOST_TOGETHER])


def _weight(word: str) -> float:
    is_year = len(word) == 4 and word[:2] in {"19", "20"}  # noqa: PLR2004 - digits of a year
    return PLAIN if word[0] == "=" or is_year else 1.0


def _mixed(key: int) -> int:
    key = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    key = (key ^ (key >> 29)) * 0xC2B2AE3D27D4EB4F & 0xFFFFFFFFFFFFFFFF
    return (key ^ (key >> 32)) & 0x7FFFFFFFFFFFFFFF

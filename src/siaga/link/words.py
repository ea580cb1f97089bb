"""A text as numbers: its words and word runs as hashes, its names and figures by sentence.

One pass, the same in every process: hashes are those of `zlib.crc32`, mixed; Python's own differ each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from siaga.link.naming import known_names, longest_names

__all__ = [
    "Anchors",
    "Hashes",
    "anchors",
    "anchors_of",
    "contained",
    "distinct",
    "inner_names",
    "mixed",
    "runs",
    "tokens",
    "word_hashes",
]

Hashes = NDArray[np.uint64]
Anchors = tuple[tuple[str, ...], ...]
"""Names and figures of each sentence that has some, in order; known names as the word that stands for them."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[.!?\n]")
_ENDS = frozenset(".!?\n")
MOST_KEPT = 1 << 16
"""Words of which the hash is remembered: most that a text has, it has in common with the one before."""
_LEAST_FIGURE = 2
"""Digits of a figure that tells articles apart."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


def tokens(text: str) -> list[str]:
    """Words, figures, and the marks and line ends that may end a sentence."""
    return _TOKEN.findall(text)


def word_hashes(found: Iterable[str]) -> Hashes:
    """A 32-bit hash of each word, case left out; marks have none."""
    return np.fromiter(map(_word_hash, filterfalse(_ENDS.__contains__, found)), np.uint64)


@lru_cache(MOST_KEPT)
def _word_hash(word: str) -> int:
    return crc32(word.lower().encode())


def runs(words: Hashes, length: int) -> Hashes:
    """A 64-bit hash of each run of so many words, in order."""
    if len(words) < length:
        return mixed(words[:0])
    hashed = words[: len(words) - length + 1].copy()
    for place in range(1, length):
        hashed = hashed * _MULTIPLIER + words[place : len(words) - length + 1 + place]
    return mixed(hashed)


def distinct(hashes: Hashes) -> Hashes:
    """Each hash once, sorted; of a few hundred, five times as fast as `numpy.unique`."""
    ordered = np.sort(hashes)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def contained(a: Hashes, b: Hashes) -> float:
    """Share of the hashes of the one with fewer that the other has, too; both sorted, each hash once."""
    fewer, more = sorted((a, b), key=len)
    if not len(fewer):
        return 0.0
    places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    return float(np.mean(more[places] == fewer))


def mixed(hashes: Hashes) -> Hashes:
    """Hashes with every bit depending on every other (the finaliser of splitmix64)."""
    hashes = (hashes ^ (hashes >> _HALF)) * _MULTIPLIER
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _SECOND
    return hashes ^ (hashes >> _HALF)


def anchors(found: Sequence[str]) -> Anchors:
    """The names and figures of each sentence.

    A name is a word with a capital where no sentence begins, and the same word wherever else it has one.
    """
    names = frozenset(inner_names(found))
    return tuple(one for sentence in _sentences(found) if (one := tuple(anchors_of(sentence, names))))


def inner_names(found: Sequence[str]) -> Iterator[str]:
    before = "\n"
    for token in found:
        if token[0].isupper() and before not in _ENDS:
            yield token
        before = token


def _sentences(found: Sequence[str]) -> Iterator[Sequence[str]]:
    begin = 0
    for place, token in enumerate(found):
        if token in _ENDS:
            if place > begin:
                yield found[begin:place]
            begin = place + 1
    if begin < len(found):
        yield found[begin:]


def anchors_of(sentence: Sequence[str], names: frozenset[str]) -> Iterator[str]:
    known, place = known_names(), 0
    while place < len(sentence):
        token = sentence[place]
        if token[0].isdigit():
            if len(figure := token.replace(".", "").replace(",", "")) >= _LEAST_FIGURE:
                yield figure
        elif token[0].isupper():
            word, length = _known(sentence, place, known)
            if word:
                yield word
                place += length
                continue
            if token in names and len(token) > 1:
                yield token.lower()
        place += 1


def _known(sentence: Sequence[str], place: int, known: dict[tuple[str, ...], str]) -> tuple[str | None, int]:
    """The word for the longest known name that begins here, and how many words it has."""
    for length in range(longest_names().get(sentence[place], 0), 0, -1):
        if (word := known.get(tuple(sentence[place : place + length]))) is not None:
            return word, length
    return None, 0

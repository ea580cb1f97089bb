"""Article -> Profile: its sentences with their words, names and figures as numbers, for comparing it with another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.article import Article
from siaga.base.document import Tokens
from siaga.base.event import Evidence
from siaga.base.pack import languages, load_pack
from siaga.extract.glued import part_glued
from siaga.extract.language import language_of
from siaga.extract.sentences import split_sentences
from siaga.extract.tokens import tokenise
from siaga.link.words import Hashes, anchors_of, distinct, inner_names, runs, word_hashes

__all__ = ["ANCHOR_TERM", "RUN", "Profile", "profile"]

RUN = 4
"""Words of the runs by which sameness of wording is told."""
Places = NDArray[np.intp]
END_MARKS = frozenset(".!?…:;\"'”’»)]")
ANCHOR_TERM = np.uint64(1 << 32)
"""Added to the hash of a name or figure that is a term."""
ROW = np.uint64(33)
"""Bits of a term, above which the number of its sentence stands while terms are sorted."""
LEAST_WORDS = 4
"""Shorter sentences are crossheads, credits and cut-off pieces."""


class Profile(NamedTuple):
    """An article as comparing needs it; the parallel tuples have a place for each sentence of some length."""

    article: Article
    language: str | None
    sentences: tuple[Evidence, ...]
    words: tuple[Hashes, ...]
    """Hashes of the words of each."""
    anchors: tuple[tuple[str, ...], ...]
    """Names and figures of each, known names as the word that stands for them in every language."""
    sizes: NDArray[np.float64]
    """Words of each."""
    terms: Hashes
    """Hashes of words, names and figures, each once a sentence; those of names and figures are above 2**32."""
    rows: NDArray[np.intp]
    """The sentence that each term stands in."""
    runs: Hashes
    """Hashes of all its word runs, sorted, each once."""
    whole: tuple[bool, ...]
    """Whether each ends as a sentence does, and not as a headline or the line of a list."""

    names: frozenset[str]
    """All names and figures but countries, months and weekdays."""
    own_names: frozenset[str]
    """The same without those that stand in headlines and lists alone."""


def profile(article: Article) -> Profile:
    """The profile of an article."""
    language = article.language if article.language in languages() else language_of(article.text)
    pack = load_pack(language) if language in languages() else None
    found = tokenise(article.text)
    found = part_glued(found, pack) if pack else found
    sentences = split_sentences(article.text, found, pack)
    words = [tuple(_words(found, one.first, one.last)) for one in sentences]
    kept = [place for place, one in enumerate(words) if len(one) >= LEAST_WORDS]
    names = frozenset(inner_names([token for place in kept for token in (*words[place], "\n")]))
    sizes = np.array([len(words[place]) for place in kept], dtype=np.intp)
    hashed = word_hashes(word for place in kept for word in words[place])
    anchored = tuple(tuple(dict.fromkeys(anchors_of(words[place], names))) for place in kept)
    terms, rows = _terms(hashed, sizes, anchored)
    whole = tuple(article.text[sentences[place].end - 1] in END_MARKS for place in kept)
    return Profile(
        article=article,
        language=language,
        sentences=tuple(_evidence(article.text, sentences[place].start, sentences[place].end) for place in kept),
        words=tuple(np.split(hashed, np.cumsum(sizes)[:-1])) if kept else (),
        anchors=anchored,
        sizes=sizes.astype(np.float64),
        whole=whole,
        names=_names(anchored),
        own_names=_names(one for one, is_whole in zip(anchored, whole, strict=True) if is_whole),
        runs=distinct(_runs(hashed, sizes)),
        terms=terms,
        rows=rows,
    )


def _names(anchored: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(word for sentence in anchored for word in sentence if word[0] != "=")


def _runs(words: Hashes, sizes: Places) -> Hashes:
    """The word runs of all sentences; those that would go over the end of one are left out."""
    row = np.repeat(np.arange(len(sizes)), sizes)
    within: Hashes = runs(words, RUN)[row[RUN - 1 :] == row[: len(row) - RUN + 1]]
    return within


def _terms(words: Hashes, sizes: Places, anchored: Sequence[Sequence[str]]) -> tuple[Hashes, Places]:
    """Words, names and figures, each once a sentence, and the sentence of each; all are sorted out at once."""
    names = word_hashes(chain.from_iterable(anchored)) + ANCHOR_TERM
    rows = np.concatenate([np.repeat(np.arange(len(sizes)), many) for many in (sizes, list(map(len, anchored)))])
    found = distinct((rows.astype(np.uint64) << ROW) | np.concatenate((words, names)))
    return found & (ANCHOR_TERM * np.uint64(2) - np.uint64(1)), (found >> ROW).astype(np.intp)


def _words(found: Tokens, first: int, last: int) -> Iterator[str]:
    return (form for form in found.forms[first:last] if form[0].isalnum())


def _evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, text=text[start:end])

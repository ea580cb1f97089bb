"""A sentence as numbers, for the network that reads triggers and parties in context (`extract/coder/context.py`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.event import Quote
from siaga.extract.coder.features import voice_in_context
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import MASKS, View

__all__ = ["ACT_CLASSES", "DISTANCES", "MARKS", "RANKS", "Classes", "Marked", "marked", "names_of"]

MARKS = ("kind", "sector", "role", "speech", "mask", "cue", "type")
"""What is marked on each word: of the mention it belongs to, kind and sector; its role as a marker; whose words it is
among; whether it is a date, name or figure; the status that it tells; the type of act that it may report."""
ACT_CLASSES = ("type", "rule", "voice", "frame")
"""What is known of each trigger besides its words."""
BOUNDS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
"""Distances in words up to which they are told apart."""
DISTANCES = 2 * len(BOUNDS) + 3
"""Classes of distance: before the trigger, after it, and within it."""
FARTHEST_RANK = 3
RANKS = 2 * (FARTHEST_RANK + 1)
"""Classes of rank: how many mentions lie between, up to three, before the trigger and after it."""

Classes = Mapping[str, Mapping[str, int]]
"""Kind of class -> its name -> its number from 1; 0 stands for none and for what is not known."""
Numbers = NDArray[np.intp]
Span = tuple[int, int]


class Marked(NamedTuple):
    """The words, triggers and mentions of a sentence as numbers."""

    rows: Numbers
    """Of each word that was read, its row of the document's states."""
    marks: Numbers
    """`[words, MARKS]`."""
    acts: Numbers
    """Of each candidate of the view its first and last word and its `ACT_CLASSES`: `[candidates, 6]`."""
    people: Numbers
    """Of each named one of the view its first and last word: `[named, 2]`."""
    pairs: Numbers
    """Of each candidate and each named one, class of distance and of rank: `[candidates * named, 2]`."""


def marked(view: View, classes: Classes) -> Marked:
    """A sentence whose words have states; its words are counted from its first one."""
    first, last = view.sentence.first, view.sentence.last
    row_of = view.document.states.row_of[first:last]
    rows = sorted(set(row_of))
    place = {row: number for number, row in enumerate(rows)}
    word_of = [place[row] for row in row_of]
    marks = [0] * (len(rows) * len(MARKS))
    for token, column, number in _marks(view, classes):
        marks[word_of[token - first] * len(MARKS) + column] = number
    acts = [(*_words(view, word_of, one.first, one.last), *_classes(view, one, classes)) for one in view.candidates]
    people = [_words(view, word_of, one.first, one.last) for one, _ in view.named]
    pairs = [_stand(act[:2], person, people) for act in acts for person in people]
    return Marked(
        np.array(rows, np.intp), np.array(marks, np.intp).reshape(-1, len(MARKS)),
        _table(acts, 2 + len(ACT_CLASSES)), _table(people, 2), _table(pairs, 2),
    )  # fmt: skip


def names_of(view: View) -> Iterator[tuple[str, str]]:
    """Every kind and name of a class that a sentence has."""
    for _, column, name in _named_marks(view):
        yield MARKS[column], name
    for candidate in view.candidates:
        yield from zip(ACT_CLASSES, _names(view, candidate), strict=True)


def _table(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    return np.array(rows, np.intp).reshape(-1, width)


def _marks(view: View, classes: Classes) -> Iterator[tuple[int, int, int]]:
    """Tokens that are marked, with column and number; what comes later counts."""
    numbers = [classes[kind] for kind in MARKS]
    return (
        (token, column, numbers[column][name]) for token, column, name in _named_marks(view) if name in numbers[column]
    )


def _named_marks(view: View) -> Iterator[tuple[int, int, str]]:
    first, last = view.sentence.first, view.sentence.last
    for mention in view.mentions:
        for token in range(mention.first, min(mention.last, last)):
            yield token, 0, mention.kind
            yield token, 1, mention.sector or ""
    yield from ((token, 2, role) for token, role in enumerate(view.roles, first) if role)
    yield from ((token, 4, word) for token, word in enumerate(view.masked, first) if word in MASKS)
    yield from _speech(view)
    for cue in view.cues:
        for token in range(cue.first, cue.last):
            yield token, 5, cue.value[0].status
    for candidate in view.candidates:
        yield candidate.first, 6, candidate.trigger.rule.type


def _speech(view: View) -> Iterator[tuple[int, int, str]]:
    """Words within quotes, those of direct ones last."""
    starts = view.document.tokens.starts
    for quote in sorted(view.quotes, key=_is_direct):
        low = bisect_left(starts, quote.start, view.sentence.first, view.sentence.last)
        high = bisect_left(starts, quote.end, view.sentence.first, view.sentence.last)
        for token in range(low, high):
            yield token, 3, "direct" if quote.direct else "indirect"


def _is_direct(quote: Quote) -> bool:
    return quote.direct


def _words(view: View, word_of: Sequence[int], first: int, last: int) -> Span:
    """First and last word of a stretch of tokens."""
    start, end = view.sentence.first, view.sentence.last
    return word_of[max(first, start) - start], word_of[min(last, end) - 1 - start]


def _classes(view: View, candidate: Candidate, classes: Classes) -> Iterator[int]:
    names = _names(view, candidate)
    return (classes[kind].get(name, 0) for kind, name in zip(ACT_CLASSES, names, strict=True))


def _names(view: View, candidate: Candidate) -> tuple[str, str, str, str]:
    rule = candidate.trigger.rule
    return rule.type, f"{view.language}/{rule.id}", voice_in_context(view, candidate), rule.frame


def _stand(act: Sequence[int], person: Span, people: Iterable[Span]) -> Span:
    """How a mention stands to a trigger: class of distance, and how many mentions lie between."""
    first, last = act[0], act[1]
    if person[1] < first:
        between = sum(person[1] < one[0] and one[1] < first for one in people)
        return _distance_class(first - person[1] - 1), min(between, FARTHEST_RANK)
    if person[0] > last:
        between = sum(last < one[0] and one[1] < person[0] for one in people)
        rank = FARTHEST_RANK + 1 + min(between, FARTHEST_RANK)
        return len(BOUNDS) + 1 + _distance_class(person[0] - last - 1), rank
    return DISTANCES - 1, FARTHEST_RANK


def _distance_class(words: int) -> int:
    return bisect_left(BOUNDS, words)

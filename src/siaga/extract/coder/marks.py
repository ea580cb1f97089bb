"""A sentence as numbers, for the network that reads triggers and parties in context (`extract/coder/context.py`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.document import Mention
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
    """The words, triggers and mentions of some sentences as numbers; words are counted from the first of them all."""

    rows: Numbers
    """Of each word that was read, its row of the document's states."""
    lengths: Numbers
    """Words of each sentence."""
    marks: Numbers
    """`[words, MARKS]`."""
    acts: Numbers
    """Of each candidate its first and last word and its `ACT_CLASSES`: `[candidates, 6]`."""
    people: Numbers
    """Of each named one its first and last word: `[named, 2]`."""
    meetings: Numbers
    """Of each candidate with each named one of its sentence, which they are: `[pairs, 2]`."""
    pairs: Numbers
    """Of each of these, class of distance and of rank: `[pairs, 2]`."""


def marked(views: Sequence[View], classes: Classes) -> Marked:
    """Sentences of a document whose words have states, in their order."""
    sizes = [one.sentence.last - one.sentence.first for one in views]
    shifts = [begin - one.sentence.first for one, begin in zip(views, accumulate(sizes, initial=0), strict=False)]
    row_of = views[0].document.states.row_of
    of_token = np.array([row for one in views for row in row_of[one.sentence.first : one.sentence.last]], np.intp)
    rows = np.unique(of_token)
    words = np.searchsorted(rows, of_token)
    ends = words[np.cumsum(sizes) - 1] + 1
    placed = list(zip(views, shifts, strict=True))
    acts = _table([(*_within(view, one, shift), *_classes(view, one, classes)) for view, shift in placed
                   for one in view.candidates], 2 + len(ACT_CLASSES))  # fmt: skip
    people = _table([_within(view, one, shift) for view, shift in placed for one, _ in view.named], 2)
    for spans in (acts, people):
        spans[:, :2] = words[spans[:, :2]]
    meetings, between = _meetings(views, acts, people)
    return Marked(
        rows=rows,
        lengths=np.diff(ends, prepend=0),
        marks=_marks(placed, classes, words, len(rows)),
        acts=acts,
        people=people,
        meetings=meetings,
        pairs=_stands(acts[meetings[:, 0]], people[meetings[:, 1]], between),
    )


def names_of(view: View) -> Iterator[tuple[str, str]]:
    """Every kind and name of a class that a sentence has."""
    for _, _, column, name in _named_marks(view):
        yield MARKS[column], name
    for candidate in view.candidates:
        yield from zip(ACT_CLASSES, _names(view, candidate), strict=True)


def _table(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    return np.array(rows, np.intp).reshape(-1, width)


def _within(view: View, one: Candidate | Mention, shift: int) -> Span:
    """First and last token of what stands in a sentence, as far as it does; `shift` is what tokens are counted on."""
    sentence = view.sentence
    return max(one.first, sentence.first) + shift, min(one.last, sentence.last) - 1 + shift


def _marks(placed: Sequence[tuple[View, int]], classes: Classes, words: Numbers, count: int) -> Numbers:
    """The marks of all words; of two of a kind what comes later counts."""
    spans = [
        (first + shift, last - first, column, number)
        for view, shift in placed
        for first, last, column, name in _named_marks(view)
        if (number := classes[MARKS[column]].get(name, 0))
    ]
    marks = np.zeros((count, len(MARKS)), np.intp)
    first, size, column, number = _table(spans, 4).T
    tokens = np.arange(size.sum()) + np.repeat(first - (size.cumsum() - size), size)
    marks[words[tokens], np.repeat(column, size)] = np.repeat(number, size)
    return marks


def _named_marks(view: View) -> Iterator[tuple[int, int, int, str]]:
    """Stretches of tokens that are marked, with column and name."""
    first, last = view.sentence.first, view.sentence.last
    for mention in view.mentions:
        end = min(mention.last, last)
        yield mention.first, end, 0, mention.kind
        yield mention.first, end, 1, mention.sector or ""
    for token, role in enumerate(view.roles, first):
        if role:
            yield token, token + 1, 2, role
    yield from _speech(view)
    for token, word in enumerate(view.masked, first):
        if word in MASKS:
            yield token, token + 1, 4, word
    for cue in view.cues:
        yield cue.first, cue.last, 5, cue.value[0].status
    for candidate in view.candidates:
        yield candidate.first, candidate.first + 1, 6, candidate.trigger.rule.type


def _speech(view: View) -> Iterator[tuple[int, int, int, str]]:
    """Words within quotes, those of direct ones last."""
    starts = view.document.tokens.starts
    for quote in sorted(view.quotes, key=_is_direct):
        low = bisect_left(starts, quote.start, view.sentence.first, view.sentence.last)
        high = bisect_left(starts, quote.end, view.sentence.first, view.sentence.last)
        yield low, high, 3, "direct" if quote.direct else "indirect"


def _is_direct(quote: Quote) -> bool:
    return quote.direct


def _classes(view: View, candidate: Candidate, classes: Classes) -> Iterator[int]:
    names = _names(view, candidate)
    return (classes[kind].get(name, 0) for kind, name in zip(ACT_CLASSES, names, strict=True))


def _names(view: View, candidate: Candidate) -> tuple[str, str, str, str]:
    rule = candidate.trigger.rule
    return rule.type, f"{view.language}/{rule.id}", voice_in_context(view, candidate), rule.frame


def _meetings(views: Sequence[View], acts: Numbers, people: Numbers) -> tuple[Numbers, Numbers]:
    """Each candidate with each named one of its sentence, and how many named ones stand between the two."""
    told = np.array([len(view.candidates) for view in views], np.intp)
    named = np.array([len(view.named) for view in views], np.intp)
    begins = named.cumsum() - named
    begin, count = np.repeat(begins, told), np.repeat(named, told)
    act = np.repeat(np.arange(len(acts)), count)
    person = np.arange(len(act)) - np.repeat(count.cumsum() - count, count) + np.repeat(begin, count)
    low, high = _gaps(acts[act], people[person])
    between = np.zeros(len(act), np.intp)
    for nth in range(int(named.max())):
        other = people[np.minimum(begin[act] + nth, len(people) - 1)]
        between += (nth < count[act]) & (low < other[:, 0]) & (other[:, 1] < high)
    return np.stack((act, person), axis=1), between


def _gaps(acts: Numbers, people: Numbers) -> tuple[Numbers, Numbers]:
    """The last word of the one that comes first and the first word of the other, of a candidate and a named one."""
    before = people[:, 1] < acts[:, 0]
    return np.where(before, people[:, 1], acts[:, 1]), np.where(before, acts[:, 0], people[:, 0])


def _stands(acts: Numbers, people: Numbers, between: Numbers) -> Numbers:
    """How named ones stand to candidates: class of distance, and how many others lie between."""
    low, high = _gaps(acts, people)
    apart, nearer = np.searchsorted(BOUNDS, high - low - 1), np.minimum(between, FARTHEST_RANK)
    before, after = people[:, 1] < acts[:, 0], people[:, 0] > acts[:, 1]
    distance = np.where(before, apart, np.where(after, len(BOUNDS) + 1 + apart, DISTANCES - 1))
    rank = np.where(before, nearer, np.where(after, FARTHEST_RANK + 1 + nearer, FARTHEST_RANK))
    return np.stack((distance, rank), axis=1)

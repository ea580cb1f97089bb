"""Headlines of other articles that nothing announces: they trail off, stand more than once, or stand beside such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from siaga.collect.mend import is_broken

__all__ = ["teasers"]

FEWEST_WORDS, MOST_WORDS = 5, 24
"""Words of a headline."""
LONGEST = 160
"""Characters of a headline."""
FEWEST_TWICE = 8
"""Words of a headline that stands twice; shorter lines that do are labels of tables and verses of songs."""
LARGEST_SHARE = 0.6
"""Share of a page's characters; where they are more, they are what the page is about: verses, a photo and its line."""
MOST_NUMBERS = 0.25
"""Share of a headline's words that may hold digits; results and prices have more."""
FEWEST_TRAILING = 2
"""Headlines in a row that trail off: one may be a thought that does."""
_TRAILS_OFF = re.compile(r"[\w,]['’”\"]?\s?(?:\.\.\.|…)$")
_CLOSED = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_STARTS_SMALL = re.compile(r"\A[\W_]*[a-z]")
_MARKS = re.compile(r"[\W_]+")


def teasers(lines: Sequence[str], title: str | None = None) -> frozenset[int]:
    """The numbers of the paragraphs of a page that are headlines of other articles; that of its own is never one."""
    if is_broken(lines):
        return frozenset()  # pieces of paragraphs look like headlines
    own = _plain(title or "")
    open_ = [_is_open(line) and _plain(line) != own for line in lines]
    found = {*_trailing(lines), *_twice(lines, open_)}
    found |= set(_announced(lines, found, open_))
    may_be = [one or _trails_off(line) for one, line in zip(open_, lines, strict=True)]
    every = frozenset(_with_neighbours(found, may_be))
    return every if sum(len(lines[number]) for number in every) <= LARGEST_SHARE * sum(map(len, lines)) else frozenset()


def _is_open(line: str) -> bool:
    """Whether a line may be a headline: of some words, not closed like a sentence; questions and cries may be."""
    words = line.split()
    if len(line) > LONGEST or not FEWEST_WORDS <= len(words) <= MOST_WORDS or _STARTS_SMALL.match(line):
        return False
    if sum(any(map(str.isdigit, word)) for word in words) > MOST_NUMBERS * len(words):
        return False
    return _CLOSED.search(line) is None or line[-1] in "?!"


def _trailing(lines: Sequence[str]) -> Iterator[int]:
    """Runs of lines that trail off."""
    run: list[int] = []
    for number, line in enumerate((*lines, "")):
        if _trails_off(line):
            run.append(number)
            continue
        if len(run) >= FEWEST_TRAILING:
            yield from run
        run = []


def _trails_off(line: str) -> bool:
    if len(line) > LONGEST or len(line.split()) < FEWEST_WORDS or _STARTS_SMALL.match(line):
        return False
    return _TRAILS_OFF.search(line) is not None


def _twice(lines: Sequence[str], open_: Sequence[bool]) -> Iterator[int]:
    """Open lines that stand more than once, and beside another that does: a summary may stand alone on top as well."""
    long = (line for line, one in zip(lines, open_, strict=True) if one and len(line.split()) >= FEWEST_TWICE)
    counts = Counter(long)
    again = [counts[line] > 1 for line in lines]
    for number, one in enumerate(again):
        if one and any(again[max(0, number - 1) : number] + again[number + 1 : number + 2]):
            yield number


def _announced(lines: Sequence[str], found: set[int], open_: Sequence[bool]) -> Iterator[int]:
    """Open lines that begin as one that trails off does."""
    begun = tuple(lines[number].rstrip(".… ") for number in found if _trails_off(lines[number]))
    if begun:
        yield from (number for number, line in enumerate(lines) if open_[number] and line.startswith(begun))


def _with_neighbours(found: set[int], may_be: Sequence[bool]) -> set[int]:
    """And what may be a headline and stands beside them without a paragraph between."""
    every = set(found)
    for order in (range(len(may_be)), range(len(may_be) - 1, -1, -1)):
        beside = False
        for number in order:
            beside = number in every or (beside and may_be[number])
            if beside:
                every.add(number)
    return every


def _plain(line: str) -> str:
    """A line without its marks: quotes are straight here and round there."""
    return _MARKS.sub(" ", line).strip().casefold()

"""The text of an article laid over the text that was given, so that places in the one are places in the other.

Who gives texts has notes, labels or readings of others that point into them. What was cut leaves blanks as wide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from siaga.base.article import Article

__all__ = ["aligned", "line_starts"]

BEGINNING = 40
"""Characters by which a paragraph is found of which something was cut or mended."""


def aligned(article: Article, given: str) -> Article:
    """The article with each paragraph where it begins in the text that was given; `at` of what was dropped moves along.

    Within a paragraph of which something was cut, what follows stands earlier, as far as the next paragraph.
    """
    lines = article.text.split("\n")
    text = "".join(_laid(lines, given))
    before, after = line_starts(lines), _places(lines, text)
    moved = (
        block if block.at is None else block.replace(at=_moved(block.at, before, after)) for block in article.dropped
    )
    return article.replace(text=text, dropped=tuple(moved))


def line_starts(lines: Sequence[str]) -> tuple[int, ...]:
    """Where each line begins, and where one more would, when they are joined by line breaks."""
    return tuple(accumulate((len(line) + 1 for line in lines), initial=0))


def _laid(lines: Sequence[str], given: str) -> Iterator[str]:
    """The paragraphs and the blanks between them, which end in a line break."""
    length = 0
    for number, line in enumerate(lines):
        gap = max(_find(line, given, length) - length, 1 if number else 0)
        if gap:
            yield " " * (gap - 1) + "\n"
        yield line
        length += gap + len(line)


def _find(line: str, given: str, after: int) -> int:
    """Where a paragraph begins; -1 where it can't be found."""
    found = given.find(line, after)
    return found if found >= 0 else given.find(line[:BEGINNING], after)


def _places(lines: Sequence[str], text: str) -> tuple[int, ...]:
    """Where each line begins in a text that has all of them."""
    places, end = [], 0
    for line in lines:
        places.append(text.index(line, end))
        end = places[-1] + len(line)
    return tuple(places)


def _moved(at: int, before: Sequence[int], after: Sequence[int]) -> int:
    number = min(bisect_right(before, at) - 1, len(after) - 1)
    return after[number] + at - before[number]

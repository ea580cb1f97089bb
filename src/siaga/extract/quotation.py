"""Text -> quoted stretches: what stands between a pair of quotation marks. One grammar for every language.

Double marks (" “ ” „ « ») and single ones (' ‘ ’) are told apart; an apostrophe is not a mark, and single
marks inside double ones are part of the words. Where blanks were lost, each mark's own neighbours say whether
it opens or closes. A paragraph may open a quotation that the next one takes up again: then it ends with the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Stretch", "find_stretches"]

_LINE = re.compile(r"[^\n\r]+")
_DOUBLE = re.compile(r"[\"“”„«»]|''|``|’’")
_SINGLE = re.compile(r"(?P<open>(?<![\w.,!?)\]])['‘](?=[\w\[(“\"$£€]))|(?P<close>(?<=\S)['’](?!\w))")
_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_LONGEST = 4000
"""Code points; a longer pair of marks is a lost mark, not a quotation."""
_MOST_LINES = 2
"""Line ends within one quotation: links and advertisements break the lines of what was one paragraph."""


class Stretch(NamedTuple):
    """Quoted words, `[start, end)` without and `[outer_start, outer_end)` with the marks, in code points."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def find_stretches(text: str) -> list[Stretch]:
    """The quoted stretches of a text, in order; none lies within another.

    >>> [("I said 'go', she's sure")[s.start : s.end] for s in find_stretches("I said 'go', she's sure")]
    ['go']
    """
    found = [stretch for stretch in _double_stretches(text) if _has_words(text, stretch)]
    for line in _LINE.finditer(text):
        found += _single_stretches(text, line.start(), line.end(), found)
    return sorted(stretch for stretch in found if _has_words(text, stretch))


def _has_words(text: str, stretch: Stretch) -> bool:
    return 0 < stretch.end - stretch.start < _LONGEST and any(map(str.isalnum, text[stretch.start : stretch.end]))


def _double_stretches(text: str) -> Iterator[Stretch]:
    opened: re.Match[str] | None = None
    last: re.Match[str] | None = None  # the mark that closed the words before
    for mark in _DOUBLE.finditer(text):
        opens, closes = _leans(text, mark)
        if opened is not None and (opens or text.count("\n", opened.end(), mark.start()) > _MOST_LINES):
            yield from _unclosed(text, opened, mark)
            opened, last = (None, None) if closes else (mark, None)
        elif opened is not None:
            yield Stretch(opened.end(), mark.start(), opened.start(), mark.end())
            opened, last = None, mark
        elif not closes:
            opened = mark
        elif last is not None and _leans(text, last) == (False, False) and "\n" not in text[last.end() : mark.start()]:
            yield Stretch(last.end(), mark.start(), last.start(), mark.end())  # it opened, though we took it to close
            last = None


def _unclosed(text: str, opened: re.Match[str], following: re.Match[str]) -> Iterator[Stretch]:
    """The words after a mark that was never closed, if the next line opens the quotation again."""
    end = text.find("\n", opened.end(), following.start())
    before = text[max(0, opened.start() - 2) : opened.start()].strip()
    if end >= 0 and not text[end : following.start()].strip() and before in {"", ":", ","}:
        yield Stretch(opened.end(), end, opened.start(), end)


def _leans(text: str, mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether the mark by itself plainly opens, or plainly closes; neither where the blanks around it were lost."""
    after_word, before_word = _after_word(text, mark.start()), _before_word(text, mark.end())
    if mark[0] in _OPENING:
        return before_word or not after_word, after_word and not before_word
    if mark[0] in _CLOSING:
        return before_word and not after_word, after_word
    return before_word and not after_word, after_word and not before_word


def _before_word(text: str, position: int) -> bool:
    following = text[position : position + 1]
    return following.isalnum() or following in {"(", "[", "$", "'", "‘"}


def _after_word(text: str, position: int) -> bool:
    return position > 0 and not text[position - 1].isspace()


def _single_stretches(text: str, start: int, end: int, doubles: list[Stretch]) -> Iterator[Stretch]:
    opened: re.Match[str] | None = None
    depth = 0
    marks = [mark for mark in _SINGLE.finditer(text, start, end) if not _within(mark.start(), doubles)]
    for number, mark in enumerate(marks):
        if mark["open"]:
            opened = opened or mark
            depth += 1
        elif opened is not None and not _is_possessive(text, mark, marks[number + 1 : number + 2]):
            depth -= 1
            if depth == 0:
                yield Stretch(opened.end(), mark.start(), opened.start(), mark.end())
                opened = None


def _is_possessive(text: str, mark: re.Match[str], following: list[re.Match[str]]) -> bool:
    """Whether the mark is that of "the rebels' ship": after an s, and with a better end of the words to come."""
    return text[mark.start() - 1] in "sS" and bool(following) and bool(following[0]["close"])


def _within(position: int, stretches: list[Stretch]) -> bool:
    return any(stretch.outer_start <= position < stretch.outer_end for stretch in stretches)

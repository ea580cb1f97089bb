"""Paragraphs that were broken at their links are put together again.

Some collections hold a line of its own for every link or bold word: "meminta", "Ronald Tannur", ", terdakwa, hadir."
What continues shows by a small letter or a mark at its start; a name in between only where the page is
plainly broken, since elsewhere it is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_broken", "mend"]

LONGEST = 5_000
"""Characters of a paragraph that is still continued; keeps a hostile page of pieces linear."""
FEWEST_BREAKS = 2
"""Lines that plainly continue the one before, from which a page counts as broken; whole pages have none or one."""
LONGEST_NAME = 6
"""Words of a link inside a sentence."""
_MARK = re.compile(r"\A(?:[,.;:)?!%”’](?![\w@#])|/\w|[-–—]+$)")
_NO_WORD = re.compile(r".[.)]|https?:|www\.")
_CLOSED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_OPEN = re.compile(r"[,(“‘]$")
_DATELINE = re.compile(r".{2,60}\s[-–—]+")
_DASH = re.compile(r"[-–—]")
_TIGHT_START = re.compile(r"[,.;:)?!%”’/]")
_TIGHT_END = re.compile(r"[(/“‘]$")


def mend(lines: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs, with the pieces of one paragraph on one line.

    >>> mend(["Jakarta", "-", "Menteri", "Budi Santoso", "tiba di", "Riga", ", Selasa.", "Rapat dimulai."])
    ('Jakarta - Menteri Budi Santoso tiba di Riga, Selasa.', 'Rapat dimulai.')
    """
    breaks = _breaks(lines)
    if not breaks and (len(lines) < 2 or not _belongs(lines[:1], lines[1])):  # noqa: PLR2004 - as most pages
        return tuple(lines)
    broken = breaks >= FEWEST_BREAKS
    mended: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if mended and (_belongs(mended, line) or (broken and _is_inside(mended[-1], line, following))):
            mended[-1] = _joined(mended[-1], line)
        else:
            mended.append(line)
    return tuple(mended)


def is_broken(lines: Sequence[str]) -> bool:
    """Whether paragraphs of a page were plainly broken into pieces."""
    return _breaks(lines) >= FEWEST_BREAKS


def _breaks(lines: Sequence[str]) -> int:
    return sum(map(_continues, lines, lines[1:]))


def _belongs(mended: Sequence[str], line: str) -> bool:
    """Whether a line plainly continues the paragraph before it; the first may end in a dateline."""
    if _continues(mended[-1], line):
        return True
    if len(mended) > 1 or _is_over(mended[0]):
        return False
    return _DASH.match(line) is not None or _DATELINE.fullmatch(mended[0]) is not None


def _continues(before: str, line: str) -> bool:
    if _MARK.match(line) is None and (not line[:1].islower() or _NO_WORD.match(line) is not None):
        return False
    return not _is_over(before)


def _is_inside(before: str, line: str, following: str) -> bool:
    """Whether a line of a broken page is inside a sentence: after a comma, or a name where it goes on or ends."""
    if _is_over(before):
        return False
    if _OPEN.search(before[-1:]):
        return _DASH.match(line) is None
    if len(line.split()) > LONGEST_NAME or not line[0].isalpha():
        return False
    return _continues(line, following) or (_ends_small(before) and _CLOSED.search(line) is not None)


def _is_over(before: str) -> bool:
    """Whether a paragraph is closed, or too long to go on."""
    return len(before) > LONGEST or _CLOSED.search(before[-8:]) is not None


def _ends_small(line: str) -> bool:
    return line[-60:].rsplit(maxsplit=1)[-1][0].islower()


def _joined(before: str, line: str) -> str:
    tight = _TIGHT_START.match(line) or _TIGHT_END.search(before[-1:])
    return f"{before}{line}" if tight else f"{before} {line}"

"""Menus glued into one line: "HomeNewsShow more sectionsWorldAfricaAsia… Published On 15 Apr 2024The ministers met."

Some collections hold a page's menus, its headline and its first paragraph without the breaks between them. A word
that ends small where the next begins with a capital is such a lost break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["menu_end"]

_BREAK = re.compile(r"(?<=[a-z0-9)\]?!])(?=[A-Z][a-z]|[A-Z]{3})")
_ADDRESS = re.compile(r"\S*(?://|www\.)\S*")
_PROSE = re.compile(r"[.!?][\"”’)]* [A-Z“\"]")
"""Where one sentence ends and another begins: no menu has it."""
FEWEST_ENTRIES = 8
"""Entries of a menu; names such as "McDonald" and a mark left out here and there make fewer."""
LONGEST_ENTRY = 7
"""Words of an entry."""
LONGEST_PIECE = 160
"""Characters of a headline or a summary between the entries."""
LEAST_SHARE = 0.6
"""Share of the pieces of a menu that are entries."""
LEAST_LETTERS = 0.6
"""Share of letters in a menu; tables have more digits."""


def menu_end(line: str) -> int:
    """The number of characters at the beginning of a line that are a menu.

    >>> menu_end("He said so.")
    0
    """
    cuts = [0, *(match.start() for match in _BREAK.finditer(line)), len(line)]
    if len(cuts) <= FEWEST_ENTRIES or _ADDRESS.search(line):
        return 0
    return cuts[_end([line[first:last] for first, last in pairwise(cuts)])]


def _end(pieces: Sequence[str]) -> int:
    """The number of pieces at the beginning that are a menu: as far as its last entry before prose begins."""
    entries = [number for number, piece in enumerate(pieces[: _prose(pieces)]) if _is_entry(piece)]
    if len(entries) < FEWEST_ENTRIES or len(entries) < LEAST_SHARE * (entries[-1] + 1):
        return 0
    menu = "".join("".join(pieces[: entries[-1] + 1]).split())
    return entries[-1] + 1 if sum(map(str.isalpha, menu)) >= LEAST_LETTERS * len(menu) else 0


def _is_entry(piece: str) -> bool:
    return len(piece.split()) <= LONGEST_ENTRY and not piece.endswith((".", ","))


def _prose(pieces: Sequence[str]) -> int:
    """The first piece that is too long, or holds more than a sentence."""
    for number, piece in enumerate(pieces):
        if len(piece) > LONGEST_PIECE or _PROSE.search(piece):
            return number
    return len(pieces)

"""Names of authors as bylines write them: "By Rina Wulandari and Budi Santoso" -> two names; desks are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record

__all__ = ["BylineWord", "author_names", "person_named"]

LONGEST = 60
"""Characters of a name."""
MOST_WORDS = 6
MOST_AUTHORS = 12
FEWEST_FULL, MOST_FULL = 2, 4
"""Words of a name that is taken for one though nothing but its element says so."""
_NO_NAME = re.compile(r"[@/\\\d<>{}|=_]|\.(?:com|co|id|net|org)\b", re.IGNORECASE)
_EDGES = ' .,;:-–—()[]"“”'


class BylineWord(Record):
    """A word of bylines: what stands before names, between them, or in place of one."""

    word: str
    role: Literal["before", "between", "nobody"]


def author_names(texts: Iterable[str]) -> tuple[str, ...]:
    """The persons that these bylines name, each once and in order.

    >>> author_names(["Oleh: Rina Wulandari dan Budi Santoso", "Redaksi", "RINA WULANDARI"])
    ('Rina Wulandari', 'Budi Santoso')
    """
    found: dict[str, str] = {}
    for text in texts:
        for name in _in_byline(text):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MOST_AUTHORS]


def person_named(texts: Iterable[str]) -> tuple[str, ...]:
    """The first of these texts that is nothing but the full name of a person.

    >>> person_named(["4 min read", "Rina Wulandari", "Budi Santoso"])
    ('Rina Wulandari',)
    """
    return next(((text,) for text in texts if author_names([text]) == (text,) and _is_full(text)), ())


def _is_full(name: str) -> bool:
    words = name.split()
    return FEWEST_FULL <= len(words) <= MOST_FULL and all(word[0].isupper() and not word.isupper() for word in words)


def _in_byline(text: str) -> Iterator[str]:
    start = _before().match(text := text.strip(_EDGES))
    rest = text[start.end() :] if start else text
    for piece in _between().split(rest):
        name = piece.strip(_EDGES)
        if _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    words = name.split()
    if not (1 < len(name) <= LONGEST and 0 < len(words) <= MOST_WORDS) or _NO_NAME.search(name):
        return False
    return name[0].isupper() and not any(word.casefold() in _nobody() for word in words)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_any('before')})(?:\s*[:.]\s*|\s+)){{1,3}}", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s*[,;|&•/]\s*|\s(?:{_any('between')})\s", re.IGNORECASE)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(word.casefold() for word in _words("nobody"))


def _any(role: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_words(role), key=len, reverse=True))


def _words(role: str) -> Iterator[str]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "byline_words", BylineWord))
    return (row.word for row in rows if row.role == role)

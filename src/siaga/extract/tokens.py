"""Text -> tokens. One regular expression for every language; offsets stay those of the text."""

from __future__ import annotations

import re

from siaga.base.document import Document, Layer, Tokens
from siaga.base.pack import pack_of
from siaga.extract.glued import part_glued

__all__ = ["Tokenise", "tokenise"]

_TOKEN = re.compile(
    r"""
    \d+(?:[.,]\d+)+            # 10.000, 1,5
  | \d+
  | [^\W\d_](?:\.[^\W\d_])+\.? # U.S., a.s.
  | (?:[^\W\d_]|[\u0300-\u036f])+(?:['’](?!s\b|S\b)[^\W\d_]+)*
  | ['’][sS]\b
  | \.{2,}
  | [^\w\s]
  | _+
    """,
    re.VERBOSE,
)


def tokenise(text: str) -> Tokens:
    """The words and marks of a text.

    A hyphen joins two words of lower case ("negara-negara", "cease-fire") and equal ones; anywhere else
    it is a token of its own, so that "Iran-Israel" and "ke-2" show their parts.

    >>> tokenise("Israel's air-strike, U.S.-led: 10.000 negara-negara").forms
    ('Israel', "'s", 'air-strike', ',', 'U.S.', '-', 'led', ':', '10.000', 'negara-negara')
    """
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if _continues_hyphenated(text, starts, ends, start, end):
            ends.pop()  # the hyphen
            starts.pop()
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
    forms = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    return Tokens(starts=tuple(starts), ends=tuple(ends), forms=forms, lowers=tuple(form.lower() for form in forms))


def _continues_hyphenated(text: str, starts: list[int], ends: list[int], start: int, end: int) -> bool:
    """Whether the word at `[start, end)` belongs to the word and hyphen just before it."""
    if len(starts) < 2 or ends[-1] != start or text[starts[-1] : start] != "-" or ends[-2] != starts[-1]:  # noqa: PLR2004
        return False
    left, right = text[starts[-2] : ends[-2]], text[start:end]
    if not (left.replace("-", "").isalpha() and right.isalpha()):
        return False
    return (left.islower() and right.islower()) or left.lower() == right.lower()


class Tokenise:
    """Gives the tokens of the article's text; where the language has a pack, with glued words parted."""

    needs: frozenset[Layer] = frozenset({"language"})
    gives: frozenset[Layer] = frozenset({"tokens"})

    def __call__(self, document: Document, /) -> Document:
        tokens, pack = tokenise(document.article.text), pack_of(document)
        return document.replace(tokens=part_glued(tokens, pack) if pack else tokens)

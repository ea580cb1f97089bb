"""Text -> tokens. One regular expression for every language; offsets stay those of the text."""

from __future__ import annotations

import re
from bisect import bisect_right

from siaga.base.document import Aside, Document, Layer, Tokens
from siaga.base.pack import pack_of
from siaga.extract.asides import TEASER, find_asides
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
    after = hyphenated = -1
    """Where the last token ends, and the last hyphen that stands right behind another token."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start == hyphenated and _is_one(text[starts[-2] : ends[-2]], text[start:end]):
            ends.pop()  # the hyphen
            starts.pop()
            ends[-1] = after = end
            continue
        if start == after and text[start:end] == "-":
            hyphenated = end
        starts.append(start)
        ends.append(end)
        after = end
    forms = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    lowers = [form.lower() for form in forms]
    return Tokens(starts=tuple(starts), ends=tuple(ends), forms=tuple(forms), lowers=tuple(lowers))


def _is_one(left: str, right: str) -> bool:
    """Whether the words on both sides of a hyphen are one."""
    if not (left.replace("-", "").isalpha() and right.isalpha()):
        return False
    return (left.islower() and right.islower()) or left.lower() == right.lower()


class Tokenise:
    """Gives the tokens of the article's text and its asides; where the language has a pack, glued words are parted."""

    needs: frozenset[Layer] = frozenset({"language"})
    gives: frozenset[Layer] = frozenset({"tokens", "asides"})

    def __call__(self, document: Document, /) -> Document:
        article, pack = document.article, pack_of(document)
        asides = find_asides(article.text, article.title)
        tokens = _without(tokenise(article.text), asides)
        return document.replace(tokens=part_glued(tokens, pack) if pack else tokens, asides=asides)


def _without(tokens: Tokens, asides: tuple[Aside, ...]) -> Tokens:
    """The tokens that are words of a sentence."""
    edges = [edge for aside in asides if aside.reason != TEASER for edge in (aside.start, aside.end)]
    if not edges:
        return tokens
    kept = [number for number, start in enumerate(tokens.starts) if bisect_right(edges, start) % 2 == 0]
    starts, ends = (tuple(one[number] for number in kept) for one in (tokens.starts, tokens.ends))
    forms, lowers = (tuple(one[number] for number in kept) for one in (tokens.forms, tokens.lowers))
    return Tokens(starts=starts, ends=ends, forms=forms, lowers=lowers)

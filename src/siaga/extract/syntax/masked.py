"""Syntax read with known names exchanged for a plain one, so that who is named never sways how a sentence is read."""

from __future__ import annotations

from siaga.base.document import Document, Layer, Mention
from siaga.base.pack import pack_of
from siaga.extract.syntax.annotate import ParseSyntax

__all__ = ["ParseMasked"]

NAMED = frozenset({"country", "organisation", "group"})
"""Kinds of mentions that are names through and through; in a person's the office tells much of the grammar."""


class ParseMasked:
    """Gives the syntax of the text as if every country and organisation in it had the same name."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences", "mentions"})
    gives: frozenset[Layer] = frozenset({"syntax", "names"})

    def __init__(self) -> None:
        self._parse = ParseSyntax()

    def __call__(self, document: Document, /) -> Document:
        pack = pack_of(document)
        if pack is None or pack.plain_name is None:
            return self._parse(document)
        forms = list(document.tokens.forms)
        for mention in document.mentions:
            _mask(forms, mention, pack.plain_name)
        masked = document.replace(tokens=document.tokens.replace(forms=tuple(forms)))
        return self._parse(masked).replace(tokens=document.tokens)


def _mask(forms: list[str], mention: Mention, name: str) -> None:
    """Exchange the words of a name that begin with a capital."""
    if mention.kind in NAMED:
        for position in range(mention.first, mention.last):
            if forms[position][0].isupper():
                forms[position] = name

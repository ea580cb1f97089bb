"""The country an article plays in: what "the police" and "the residents" of it belong to."""

from __future__ import annotations

from collections import Counter

from siaga.base.document import Document
from siaga.base.pack import load_pack
from siaga.extract.actor_pieces import Piece, read_pieces
from siaga.extract.actor_tables import ROLES, Actors
from siaga.extract.persons import holder
from siaga.extract.tokens import tokenise

__all__ = ["find_setting"]

OPENING = 2
"""Sentences of the text that may decide: later ones must not change what was read before them."""
PLACE_WEIGHT = 2
"""A city, region or domestic body says more of where an article plays than a country's name does. By eye."""
ALPHA_3 = 3
"""Letters of a country's code."""


def find_setting(document: Document, actors: Actors) -> str | None:
    """The country named most in the title and the first sentences, else the home of the language's news, else null."""
    title = tokenise(document.article.title or "")
    pieces = read_pieces(title, 0, len(title.forms), actors)
    for sentence in document.sentences[:OPENING]:
        pieces += read_pieces(document.tokens, sentence.first, sentence.last, actors)
    votes: Counter[str] = Counter()
    for piece in pieces:
        code = _country(piece, document.article.published)
        if code is not None and len(code) == ALPHA_3:
            votes[code] += PLACE_WEIGHT if piece.entry.role in {ROLES["capital"], ROLES["institution"]} else 1
    if votes:
        return votes.most_common(1)[0][0]
    return load_pack(document.article.language or "").home


def _country(piece: Piece, published: str | None) -> str | None:
    entry = piece.entry
    if entry.kind == "country" or entry.role == ROLES["office"]:
        return entry.code
    if entry.role == ROLES["person"] and entry.alone:
        found = holder(entry.leaders, published, alone=True)
        return found[0].code if found else None
    return None

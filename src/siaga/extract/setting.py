"""The country an article plays in: what "the police" and "the residents" of it belong to."""

from __future__ import annotations

from collections import Counter

from siaga.base.document import Document, Tokens
from siaga.base.pack import load_pack
from siaga.extract.actor_pieces import Piece, read_pieces
from siaga.extract.actor_tables import ROLES, Actors, is_country
from siaga.extract.persons import holder
from siaga.extract.tokens import tokenise

__all__ = ["find_setting"]

OPENING = 3
"""Sentences of the text that may decide: later ones must not change what was read before them."""
PLACED, LOCAL, DATELINE, NAMED = 5, 2, 1, 1
"""Votes of a country after "in", of a city or domestic body, of a city that begins a sentence (there the desk
writes as often as the thing happens), and of any other country or leader. By gold places of training articles."""


def find_setting(document: Document, actors: Actors) -> str | None:
    """The country named most in the title and the first sentences, else the home of the language's news, else null."""
    votes: Counter[str] = Counter()
    title = tokenise(document.article.title or "")
    parts = [(title, 0, len(title.forms))]
    parts += [(document.tokens, part.first, part.last) for part in document.sentences[:OPENING]]
    for tokens, first, last in parts:
        for piece in read_pieces(tokens, first, last, actors):
            code = _country(piece, document.article.published)
            if code is not None and is_country(code):
                votes[code] += _weight(piece, tokens, first, actors)
    if votes:
        return votes.most_common(1)[0][0]
    return load_pack(document.article.language or "").home


def _weight(piece: Piece, tokens: Tokens, first: int, actors: Actors) -> int:
    if not actors.locatives.isdisjoint(tokens.lowers[max(first, piece.first - 2) : piece.first]):
        return PLACED
    if piece.entry.role == ROLES["capital"]:
        return LOCAL if piece.first > first else DATELINE
    return LOCAL if piece.entry.role in {ROLES["institution"], ROLES["office"]} else NAMED


def _country(piece: Piece, published: str | None) -> str | None:
    entry = piece.entry
    if entry.kind == "country" or entry.role == ROLES["office"]:
        return entry.code
    if entry.role == ROLES["person"] and entry.alone:
        found = holder(entry.leaders, published, alone=True)
        return found[0].code if found else None
    return None

"""A sentence as pieces: what the tables know of its words, and runs of capitalised words they do not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from siaga.base.document import Tokens
from siaga.extract.actor_tables import ROLES, Actors, Entry
from siaga.extract.phrases import Match

__all__ = ["Piece", "read_pieces", "shape"]

WORD = Entry(ROLES["word"])
COMMON = Entry(ROLES["common"])
OTHER = Entry(ROLES["other"])
ROMAN = frozenset("IVXLC")
"""Letters of a numeral, which begins no name: "Komisi XII"."""
SHORTEST_ABBREVIATION = 3
"""Letters from which capitals before a name are a body's: "DPP Budi", but "KH Budi" and "J.K. Budi"."""
LONGEST_NAME = 7
"""Tokens in a run of capitalised words taken as one name, hyphens and particles included."""


class Piece(NamedTuple):
    """Tokens `[first, last)` and what is known of them."""

    first: int
    last: int
    entry: Entry


def shape(pieces: Sequence[Piece]) -> str:
    """One letter a piece: what the rules are matched against."""
    return "".join(piece.entry.role for piece in pieces)


def read_pieces(tokens: Tokens, first: int, last: int, actors: Actors) -> list[Piece]:
    """The pieces of the tokens `[first, last)`; words of no interest are one piece of role `other` a gap."""
    pieces: list[Piece] = []
    position = first
    for piece in _found(tokens, first, last, actors):
        if piece.first > position:
            pieces.append(Piece(position, piece.first, OTHER))
        _add(pieces, piece, tokens)
        position = piece.last
    if position < last:
        pieces.append(Piece(position, last, OTHER))
    return pieces


def _add(pieces: list[Piece], piece: Piece, tokens: Tokens) -> None:
    """Append a piece; a name right after a name ("Melania Trump", "Michel Platini") is part of it."""
    before = pieces[-1] if pieces else None
    if before is not None and before.last == piece.first and _one_name(before, piece, tokens):
        pieces[-1] = Piece(before.first, piece.last, WORD)
    else:
        pieces.append(piece)


def _one_name(before: Piece, piece: Piece, tokens: Tokens) -> bool:
    """Whether two pieces side by side are one name: one of them unknown, the other too or a bare surname."""
    if piece.last - before.first > LONGEST_NAME:
        return False
    if piece.entry is WORD and before.entry.role == ROLES["person"]:
        return before.last - before.first == 1 and not before.entry.alone
    if before.entry is not WORD or _is_abbreviation(tokens.forms[before.last - 1]):
        return False
    return piece.entry is WORD or (piece.entry.role == ROLES["person"] and piece.last - piece.first == 1)


def _is_abbreviation(form: str) -> bool:
    return len(form) >= SHORTEST_ABBREVIATION and form.isupper()


def _found(tokens: Tokens, first: int, last: int, actors: Actors) -> Iterator[Piece]:
    names, words, past = actors.name_heads, actors.word_heads, first
    words_here = zip(tokens.forms[first:last], tokens.lowers[first:last], strict=True)
    for position, (form, lower) in enumerate(words_here, first):
        if position < past:
            continue
        piece = None
        if form in names or lower in words:
            piece = _known(tokens, position, first, last, actors)
        if piece is None and form[0].isupper():
            piece = _unknown(tokens, position, first, last, actors)
        if piece is not None:
            past = piece.last
            yield piece


def _known(tokens: Tokens, position: int, first: int, last: int, actors: Actors) -> Piece | None:
    """The longest phrase of the tables that starts here; a name before a word of equal length."""
    name = actors.names.at(tokens.forms, position, last)
    word = actors.words.at(tokens.lowers, position, last)
    best = name if word is None or (name is not None and _outweighs(name, word)) else word
    if best is None or (best is name and _misleads(best, tokens, first, last, actors)):
        best = word
    return Piece(best.first, best.last, best.value) if best is not None else None


def _outweighs(name: Match[Entry], word: Match[Entry]) -> bool:
    """Whether a name counts before a word: longer, or equal and more than the bare surname of a leader ("King")."""
    bare = name.value.role == ROLES["person"] and not name.value.alone
    return name.last > word.last or (name.last == word.last and not bare)


def _misleads(match: Match[Entry], tokens: Tokens, first: int, last: int, actors: Actors) -> bool:
    """Whether a name stands where it is none: "Michael Jordan", or "TELL US MORE" in a line of capitals."""
    if match.last - match.first > 1:
        return False
    form, lower = tokens.forms[match.first], tokens.lowers[match.first]
    if form.isupper() and lower in actors.starters:
        around = (match.first - 1, match.last)
        return any(_is_shouted(tokens, position, first, last, actors) for position in around)
    if form not in actors.ambiguous:
        return False
    return _may_join(tokens, match.first - 1, first, last, actors) or _may_join(tokens, match.last, first, last, actors)


def _is_shouted(tokens: Tokens, position: int, first: int, last: int, actors: Actors) -> bool:
    """Whether an ordinary word stands here in capitals."""
    if not first <= position < last or not _is_abbreviation(tokens.forms[position]):
        return False
    return tokens.lowers[position] in actors.starters


def _may_join(tokens: Tokens, position: int, first: int, last: int, actors: Actors) -> bool:
    """Whether an unknown capitalised word stands here, not at the start of the sentence."""
    if not first < position < last or not tokens.forms[position][0].isupper():
        return False
    if tokens.lowers[position] in actors.word_heads or tokens.lowers[position] in actors.not_names:
        return False
    return actors.names.at(tokens.forms, position, last) is None


def _unknown(tokens: Tokens, position: int, first: int, last: int, actors: Actors) -> Piece | None:
    """A run of capitalised words that starts here, unless it is the ordinary first word of a sentence."""
    if not _is_name(tokens, position, first, actors):
        return None
    end = position + 1
    while end < min(last, position + LONGEST_NAME):
        step = _step(tokens, end, last, actors)
        if not step or (_is_abbreviation(tokens.forms[end - 1]) and not tokens.forms[end].isupper()):
            break
        end += step
    if end == position + 1 and tokens.lowers[position] in actors.starters:
        return Piece(position, end, COMMON)
    return Piece(position, end, WORD)


def _is_name(tokens: Tokens, position: int, first: int, actors: Actors) -> bool:
    lower = tokens.lowers[position]
    if lower in actors.not_names or ROMAN.issuperset(tokens.forms[position]):
        return False
    return lower not in actors.starters or not _starts(tokens, position, first)


def _starts(tokens: Tokens, position: int, first: int) -> bool:
    """Whether a word is the first of the sentence or of a quotation in it."""
    return position == first or not tokens.forms[position - 1][-1].isalnum()


def _step(tokens: Tokens, end: int, last: int, actors: Actors) -> int:
    """How many tokens from `end` go on with the name: a word, or a particle, hyphen or dot with what follows."""
    form = tokens.forms[end]
    if _continues(tokens, end, actors):
        return 1
    if end + 1 >= last:
        return 0
    if form == "-" and tokens.starts[end] == tokens.ends[end - 1] and tokens.starts[end + 1] == tokens.ends[end]:
        return 2 if _hyphenates(tokens, end) else 0
    if form == "." and len(tokens.forms[end - 1]) <= 2 and _continues(tokens, end + 1, actors):  # noqa: PLR2004
        return 2
    if form in actors.particles and _continues(tokens, end + 1, actors):
        return 2
    return 3 if form in actors.particles and end + 2 < last and tokens.forms[end + 1] == "-" else 0


def _hyphenates(tokens: Tokens, hyphen: int) -> bool:
    """Whether the word after a hyphen is of the name: "Al-Hunaiti", "Moon Jae-in", but not "Fatah-led"."""
    after, before = tokens.forms[hyphen + 1], tokens.forms[hyphen - 1]
    if not after.isalpha() or not before.isalpha():
        return False
    return after[0].isupper() or (hyphen > 1 and before[0].isupper() and tokens.forms[hyphen - 2][0].isupper())


def _continues(tokens: Tokens, position: int, actors: Actors) -> bool:
    form, lower = tokens.forms[position], tokens.lowers[position]
    if not form[0].isupper() or lower in actors.not_names or lower in actors.word_heads:
        return False
    return form not in actors.name_heads or actors.names.at(tokens.forms, position) is None

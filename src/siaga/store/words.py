"""Words that are searched for where PostgreSQL keeps the index: read as FTS5 reads them.

SQLite takes what is asked as it is. For PostgreSQL it becomes the JSON of a `Question`: a `tsquery` and the phrases in
it, by which what was found is ranked and snippets are cut, both by the rules of FTS5: whoever moves finds the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import apsw

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.excerpt import Words, snippet

__all__ = ["Phrase", "Question", "in_index_of", "marked_by", "question", "words_in"]

WEIGHTS = {"title": "A", "text": "D"}
_SIGN = re.compile(r'"(?P<string>(?:[^"]|"")*)"|(?P<word>(?:\w|[^\x00-\x7f])+)|\S')
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_ACCENT = re.compile(rf"[{_MARKS}]+")


class Phrase(Record):
    """Words that stand one after another."""

    parts: tuple[str, ...]
    """Without case and accents."""
    is_prefix: bool
    """Whether the last of them is only a beginning."""
    weight: str
    """Of the column that they stand in, as in `WEIGHTS`; empty: of any."""
    query: str
    """The same as a `tsquery`."""


class Question(Record):
    """What is searched for."""

    query: str
    """A `tsquery`."""
    phrases: tuple[Phrase, ...]
    """All that are in it."""


def in_index_of(connection: Connection, words: str) -> str:
    """A question in the syntax of FTS5 as the index of this connection takes it.

    Raises:
        apsw.SQLError: it is none.

    """
    return words if isinstance(connection, apsw.Connection) else question(words).to_json().decode()


def marked_by(connection: Connection, words: str, cell: str) -> str:
    """The snippet that a search gives, with marks; PostgreSQL gives the text that it is cut from."""
    if not words or isinstance(connection, apsw.Connection):
        return cell
    phrases = (one for one in question(words).phrases if one.weight != WEIGHTS["title"])
    return snippet(cell, tuple(words_in(cell)), tuple((one.parts, one.is_prefix) for one in phrases))


def words_in(text: str) -> Iterator[Words]:
    """The words of a text as the index has them, each with where it stands; what is between is none."""
    for match in _WORD.finditer(text):
        if folded := _ACCENT.sub("", unicodedata.normalize("NFD", match[0]).lower()):
            yield folded, match.start(), match.end()


def question(words: str) -> Question:
    """A question in the syntax of FTS5, of which NEAR, `^` and sets of columns are not known here.

    >>> question('"laut hitam" AND mobilis*').query
    "('laut' <-> 'hitam') & 'mobilis':*"

    Raises:
        apsw.SQLError: it is none.

    """
    reading = _Reading(tuple(_SIGN.finditer(words)))
    query = reading.any_of(None) if reading.sign else ""
    if reading.sign:
        raise reading.fault()
    return Question(query=query, phrases=tuple(reading.phrases))


class _Reading:
    """Reads a question from left to right; each part gives a `tsquery`, empty where there are no words in it."""

    def __init__(self, signs: Sequence[re.Match[str]]) -> None:
        self.phrases: list[Phrase] = []
        self._signs = signs
        self._next = 0

    @property
    def sign(self) -> str:
        """What comes next; empty at the end."""
        return self._signs[self._next][0] if self._next < len(self._signs) else ""

    def fault(self) -> apsw.SQLError:
        """What can't come next."""
        return apsw.SQLError(f'syntax error near "{self.sign}"')

    def any_of(self, column: str | None) -> str:
        """Parts with OR between them."""
        return _joined(" | ", tuple(self._parts("OR", self._all_of, column)))

    def _all_of(self, column: str | None) -> str:
        return _joined(" & ", tuple(self._parts("AND", self._but, column)))

    def _but(self, column: str | None) -> str:
        first, *others = self._parts("NOT", self._beside, column)
        return _joined(" & ", (first, *(f"!{_inner(other)}" for other in others if other)))

    def _parts(self, between: str, part: Callable[[str | None], str], column: str | None) -> Iterator[str]:
        yield part(column)
        while self._takes(between):
            yield part(column)

    def _beside(self, column: str | None) -> str:
        """Phrases with nothing between them: all are asked for."""
        parts = [self._one(column)]
        while self.sign not in {"", ")", "OR", "AND", "NOT"}:
            parts.append(self._one(column))
        return _joined(" & ", tuple(parts))

    def _one(self, column: str | None) -> str:
        if self._takes("("):
            inner = self.any_of(column)
            if not self._takes(")"):
                raise self.fault()
            return inner
        if self._next + 1 < len(self._signs) and self._signs[self._next + 1][0] == ":":
            return self._one(self._column())
        return self._phrase(column)

    def _column(self) -> str:
        name = self.sign.lower()
        if name not in WEIGHTS:
            raise apsw.SQLError(f"no such column: {self.sign}")
        self._next += 2
        return name

    def _phrase(self, column: str | None) -> str:
        parts = list(self._words())
        while self._takes("+"):
            parts += self._words()
        is_prefix = self._takes("*")
        if not parts:
            return ""
        weight = WEIGHTS[column] if column else ""
        query = _tsquery(parts, is_prefix, weight)
        self.phrases.append(Phrase(parts=tuple(parts), is_prefix=is_prefix, weight=weight, query=query))
        return query

    def _words(self) -> Iterator[str]:
        match = self._signs[self._next] if self.sign else None
        if match is None or not (match["word"] or match["string"] is not None) or match[0] in {"OR", "AND", "NOT"}:
            raise self.fault()
        self._next += 1
        if match[0] == "NEAR" and self.sign == "(":
            raise apsw.SQLError("NEAR is not known to records in PostgreSQL")
        return (word for word, _, _ in words_in(match["word"] or match["string"]))

    def _takes(self, sign: str) -> bool:
        if self.sign != sign:
            return False
        self._next += 1
        return True


def _joined(between: str, parts: Sequence[str]) -> str:
    told = [part for part in parts if part]
    return told[0] if len(told) == 1 else between.join(map(_inner, told))


def _inner(query: str) -> str:
    return f"({query})" if " " in query and not query.startswith("!(") else query


def _tsquery(parts: Sequence[str], is_prefix: bool, weight: str) -> str:  # noqa: FBT001 - of a phrase
    ends = ["*" if is_prefix and number == len(parts) else "" for number in range(1, len(parts) + 1)]
    signs = [f"{end}{weight}" for end in ends]
    return " <-> ".join(f"'{part}':{sign}" if sign else f"'{part}'" for part, sign in zip(parts, signs, strict=True))

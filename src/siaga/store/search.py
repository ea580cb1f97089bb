"""Words of stored articles, found with FTS5: ranked, with a snippet in which they are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import apsw

from siaga.base.errors import SearchError
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.load import Head, head_of
from siaga.store.sql import query
from siaga.store.words import in_index_of, marked_by

__all__ = ["Asked", "Found", "Mark", "found_of", "plain_words", "search"]

MOST = 20
_WORD = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_MARKS = re.compile("\x02(?P<marked>[^\x03]*)\x03")


class Asked(Record):
    """Which articles; what is null is no condition. Days are inclusive, of publication."""

    words: str
    """In the syntax of FTS5; see `plain_words` for what users type."""
    since: str | None = None
    until: str | None = None
    source: str | None = None
    language: str | None = None
    most: int = MOST


class Mark(Record):
    """A word that was searched for: `[start, end)` in code points of the snippet."""

    start: int
    end: int


class Found(Record):
    """An article and the stretch of its text that fits best."""

    article: Head
    snippet: str
    marks: tuple[Mark, ...]


def plain_words(typed: str) -> str:
    """What a user typed as a question to FTS5 that can't be wrong: all words, phrases in quotes, beginnings with `*`.

    >>> plain_words('pasukan "laut hitam" mobilis* AND')
    '"pasukan" "laut hitam" "mobilis" * "AND"'
    """
    return " ".join(_terms(typed))


def search(connection: Connection, asked: Asked) -> Iterator[Found]:
    """The articles that fit, best first.

    Raises:
        SearchError: the words are no question in the syntax of FTS5.

    """
    if not asked.words:
        return
    values = {name: getattr(asked, name) for name in asked.__struct_fields__}
    try:
        values["words"] = in_index_of(connection, asked.words)
        for *head, cell in connection.execute(query("search"), values):
            yield found_of(head_of(head), marked_by(connection, asked.words, str(cell)))
    except apsw.SQLError as error:
        raise SearchError(
            f"{asked.words!r} is no question to FTS5: {error}. Without --raw, any words will do"
        ) from error


def found_of(head: Head, marked: str) -> Found:
    """An article with a snippet as a query gives it: without its marks, and where they stood."""
    starts = ((match.start() - 2 * number, match["marked"]) for number, match in enumerate(_MARKS.finditer(marked)))
    marks = tuple(Mark(start=start, end=start + len(word)) for start, word in starts)
    return Found(article=head, snippet=_MARKS.sub(r"\g<marked>", marked), marks=marks)


def _terms(typed: str) -> Iterator[str]:
    for match in _WORD.finditer(typed.replace("\0", " ")):
        term = match["phrase"] if match["phrase"] is not None else match["word"]
        if any(map(str.isalnum, term)):
            start = " *" if match["word"] and term.endswith("*") else ""
            yield f'"{term.rstrip("*")}"{start}'

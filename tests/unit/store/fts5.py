"""The index of words as SQLite keeps it, of one text."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import apsw

__all__ = ["Index"]


class Index:
    """FTS5 in memory, set up as in the schema."""

    def __init__(self, text: str) -> None:
        self._connection = apsw.Connection(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE held USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');"
            "CREATE VIRTUAL TABLE held_words USING fts5vocab (held, row)"
        )
        self._connection.execute("INSERT INTO held (text) VALUES (?)", (text,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()

    def words(self) -> set[str]:
        return {str(word) for (word,) in self._connection.execute("SELECT term FROM held_words")}

    def snippet(self, asked: str) -> str | None:
        """The snippet of a question; null if the text doesn't answer it."""
        shown = "SELECT snippet(held, 0, char(2), char(3), '…', 32) FROM held WHERE held MATCH ?"
        found = self._connection.execute(shown, (asked,)).get
        return None if found is None else str(found)

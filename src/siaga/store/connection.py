"""What the store asks of a connection: so much of apsw as SQLite's has by itself, and PostgreSQL's in `postgresql.py`.

Everything above speaks to either of them in the same words and meets the same errors: `apsw.ConstraintError` where
a row may not be so, `apsw.SQLError` where words are no question to the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

__all__ = ["Bindings", "Connection", "Rows", "Value"]

Value = str | int | float | bytes | None
Bindings = Sequence[Any] | Mapping[str, Any]


class Rows(Protocol):
    """What came of a statement."""

    def __iter__(self) -> Iterator[Any]:
        """The rows that were not taken yet, in order, each a tuple."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The same as a list."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 - values of any column
        """The next row; null if there is none."""
        ...

    @property
    def get(self) -> Any:  # noqa: ANN401 - a value of any column
        """The first row, or its value if it has one column; null if there is none."""
        ...


class Connection(Protocol):
    """An open database. Outside of a transaction each statement is one by itself."""

    def execute(self, statements: str, bindings: Bindings | None = None, /) -> Rows:
        """Run a statement, with values for its `?` or `:name`."""
        ...

    def executemany(self, statements: str, sequenceofbindings: Iterable[Bindings], /) -> Rows:
        """Run a statement for each of the values."""
        ...

    def changes(self) -> int:
        """How many rows the last statement added, changed or removed."""
        ...

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        ...

    def close(self) -> None:
        """End it; what was not saved is not."""
        ...

    def __enter__(self) -> Self:
        """Begin a transaction or, within one, a part that can fail by itself."""
        ...

    def __exit__(
        self, etype: type[BaseException] | None, evalue: BaseException | None, etraceback: TracebackType | None, /
    ) -> bool | None:
        """Save it, or nothing of it if it failed."""
        ...

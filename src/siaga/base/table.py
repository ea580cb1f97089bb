"""CSV as our knowledge is written in it: one row a line, lines that start with `#` are comments."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from siaga.base.errors import PackError

__all__ = ["TOO_MANY", "Line", "read_header", "read_lines"]

TOO_MANY = "(too many cells)"
"""The column of what stands in a row beyond the last one of the header."""


class Line(NamedTuple):
    """A row: the cells that are filled, by column, and where they stand."""

    source: str
    number: int
    cells: Mapping[str, str]

    @property
    def where(self) -> str:
        """`path:line`, for messages."""
        return f"{self.source}:{self.number}"


def read_lines(text: str, source: str) -> Iterator[Line]:
    """The rows under the header; empty cells are left out.

    Raises:
        PackError: a quotation mark is never closed.

    """
    numbered = _Numbered(text)
    rows = csv.reader(numbered, strict=True)
    try:
        header = next(rows, [])
        for row in rows:
            cells = {column: cell for column, cell in zip(header, row, strict=False) if cell}
            if len(row) > len(header):
                cells[TOO_MANY] = ",".join(row[len(header) :])
            yield Line(source, numbered.number, cells)
    except csv.Error as error:
        raise PackError(f"{source}:{numbered.number}: expected a row of CSV: {error}") from error


def read_header(text: str) -> tuple[int, tuple[str, ...]]:
    """The number of the line of the header, and its columns; 0 and none where nothing but comments is."""
    numbered = _Numbered(text)
    columns = next(csv.reader(numbered), [])
    return numbered.number, tuple(columns)


class _Numbered:
    """The lines that are no comments, one after the other, and the number of the latest."""

    def __init__(self, text: str) -> None:
        self.number = 0
        self._lines = text.splitlines(keepends=True)

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._lines, 1):
            if line.strip() and not line.startswith("#"):
                self.number = number
                yield line

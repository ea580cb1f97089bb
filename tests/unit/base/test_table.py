"""CSV with comments: every row with its cells and its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.errors import PackError
from siaga.base.table import TOO_MANY, read_header, read_lines

CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8)
ROWS = st.lists(st.tuples(CELLS.filter(lambda cell: cell.strip("#") != ""), CELLS, CELLS), max_size=6)


@given(rows=ROWS, notes=st.lists(st.sampled_from(["# a note", "", "#"]), min_size=7, max_size=7))
def test_rows_come_back_with_their_lines_whatever_comments_stand_between(
    rows: list[tuple[str, str, str]], notes: list[str]
) -> None:
    lines = [line for row, note in zip([("a", "b", "c"), *rows], notes, strict=False) for line in (note, written(row))]
    found = tuple(read_lines("\n".join(lines), "x.csv"))
    assert [line.cells for line in found] == [
        {column: cell for column, cell in zip("abc", row, strict=True) if cell} for row in rows
    ]
    assert [lines[line.number - 1] for line in found] == [written(row) for row in rows]


def written(row: tuple[str, ...]) -> str:
    """A row as CSV; a first cell that would make it a comment is quoted."""
    target = io.StringIO()
    csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="").writerow(row)
    return target.getvalue()


def test_cells_beyond_the_header_are_kept_apart_and_a_cell_over_two_lines_is_one() -> None:
    [first, second] = read_lines('a,b\n1,2,3,4\n"x\ny",2\n', "x.csv")
    assert first.cells[TOO_MANY] == "3,4"
    assert second.cells["a"] == "x\ny"
    assert second.where == "x.csv:4"


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(PackError, match=r"x\.csv:3: expected a row of CSV"):
        tuple(read_lines('a,b\n# note\n"1,2\n', "x.csv"))


def test_the_header_is_the_first_line_that_is_no_comment() -> None:
    assert read_header("# note\n\na,b\n1,2\n") == (3, ("a", "b"))
    assert read_header("# nothing else\n") == (0, ())

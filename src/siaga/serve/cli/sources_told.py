"""What commands about sources have in common: how they are told, as a table or line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.gathered import plain
from siaga.serve.cli.languages import preferred_language

if TYPE_CHECKING:
    from siaga.base.record import Record
    from siaga.report.catalogue import Catalogue

__all__ = ["format_option", "tell_lines", "tell_table", "words_in"]

format_option = click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip


def words_in(language: str | None) -> Catalogue:
    """The words of a language; of the terminal's, if none is asked for."""
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load records

    return catalogue(language or preferred_language(os.environ))


def tell_lines(records: Iterable[Record]) -> None:
    """A line of JSON for each record."""
    sys.stdout.buffer.writelines(record.to_json() + b"\n" for record in records)


def tell_table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]], words: Catalogue) -> None:
    """A table with these columns of the catalogue."""
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(words.say(f"gather.column_{name}"), overflow="fold", no_wrap=name in {"id", "days"})
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    Console(highlight=False, markup=False, emoji=False).print(table)

"""`siaga rejects`: what could not be used, and why."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.text import Text

    from siaga.store.rejects import StoredReject

__all__ = ["command"]

TABLE_ROWS = 50
"""Rows of a table, unless more are asked for; data for programs is whole."""


@click.command("rejects")
@click.option("--stage", metavar="NAME", default=None, help="Where it was met, e.g. load, collect, save.")
@click.option("--reason", metavar="CODE", default=None, help="Why, e.g. empty, binary, broken_json, id_taken.")
@click.option("--limit", type=click.IntRange(1), default=None, help="Rows at the most; a table has 50 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    stage: str | None,
    reason: str | None,
    limit: int | None,
    format_: str,
    language: str | None,
) -> None:
    """List what could not be used, with its reason, newest first.

    Nothing that is read with --save vanishes: what is no article, can't be decoded or has an id that is taken is kept
    here.

    \b
    Examples:
      siaga rejects
      siaga rejects --stage save --reason id_taken
      siaga rejects --format jsonl > rejects.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.store.database import reading_from  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.rejects import list_rejects  # noqa: PLC0415

    shown_in, most = language or preferred_language(os.environ), limit or (TABLE_ROWS if format_ == "table" else None)
    with reading_from(the_workspace(workspace)) as connection:
        found = tuple(list_rejects(connection, stage, reason, most))
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    _show(found, shown_in)
    if limit is None and len(found) == TABLE_ROWS:
        _tell(shown_in, "events.more", count=len(found))


def _show(found: Iterable[StoredReject], language: str) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words, table = catalogue(language), Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in ("saved", "stage", "reason", "id", "message"):
        table.add_column(words.say(f"rejects.{key}"), overflow="fold")
    for one in found:
        table.add_row(*map(_cell, (one.saved, one.stage, one.reason, one.id, one.message)))
    if table.row_count:
        Console(highlight=False, markup=False, emoji=False).print(table)
    else:
        _tell(language, "rejects.none")


def _cell(text: str) -> Text:
    """The text without signs that a terminal would obey: what was rejected may be anything."""
    from rich.text import Text  # noqa: PLC0415

    return Text("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text))


def _tell(language: str, key: str, **values: object) -> None:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    click.echo(catalogue(language).say(key, **values), err=True)

"""`siaga events`: what is stored, listed or counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Unpack, get_args

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import Asked, Named, selecting, selection
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.store.analysis import Key, Selection
    from siaga.store.connection import Connection
    from siaga.store.workspace import Workspace

__all__ = ["command"]

TABLE_ROWS = 50
"""Rows of a table, unless more are asked for; data for programs is whole."""


def _keys() -> Mapping[str, str]:
    from siaga.store.analysis import Key  # noqa: PLC0415 - `siaga --help` must not load the engine

    return {key: key for key in get_args(Key)}


def _split(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    known = Named("key", _keys)
    return tuple(known.convert(key, param, ctx) for key in value.split(",")) if value else ()


@click.command("events")
@selecting
@click.option("--id", "ids", multiple=True, metavar="ID", help="This event; other conditions don't count.")
@click.option(
    "--by", metavar="KEY,...", callback=_split, default=None,
    help="Count by country, actor, recipient, pair, type, mode, status, source, language, day, week, month or year.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=None, help="Rows at the most; a table has 50 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True,
    help="table for people, jsonl or csv for programs.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    ids: tuple[str, ...],
    by: tuple[Key, ...],
    limit: int | None,
    format_: str,
    language: str | None,
    **asked: Unpack[Asked],
) -> None:
    """List the events that are stored, newest first, or count them by keys.

    Options that are repeated mean any of them; different options must all be met. Codes are ISO 3166-1 alpha-3 for
    countries and our own for organisations and groups; names in English or Indonesian are understood, too.

    \b
    Examples:
      siaga events --actor RUS --recipient UKR --type MOBILIZE --since 2021-11-01
      siaga events --country LVA --status planned --format jsonl
      siaga events --by country,week --min-confidence 0.5
      siaga events --type ASSAULT --by pair,month --format csv > pairs.csv
    """  # noqa: D301 - click reads \b
    from siaga.store.database import reading_from  # noqa: PLC0415 - `siaga --help` must not load the store

    shown = Shown(format_, language or preferred_language(os.environ), limit)
    where, chosen = the_workspace(workspace), selection(asked)
    stand_on_overlay(where)
    with reading_from(where) as connection:
        if ids:
            _show_named(connection, ids, shown)
        elif by:
            _show_counts(where, connection, (by, chosen), shown)
        else:
            _show_events(where, connection, chosen, shown)


class Shown(NamedTuple):
    """How results are shown."""

    format_: str
    language: str
    limit: int | None

    @property
    def most(self) -> int | None:
        """Rows, at the most."""
        return self.limit or (TABLE_ROWS if self.format_ == "table" else None)


def _show_named(connection: Connection, ids: Iterable[str], shown: Shown) -> None:
    from siaga.serve.cli.listing import write_events  # noqa: PLC0415 - loads rich
    from siaga.store.load import load_event  # noqa: PLC0415

    found = (load_event(connection, id_) for id_ in ids)
    write_events((one for one in found if one), shown.format_, shown.language)


def _show_counts(
    where: Workspace, connection: Connection, asked: tuple[tuple[Key, ...], Selection], shown: Shown
) -> None:
    from siaga.serve.cli.listing import write_counts  # noqa: PLC0415
    from siaga.store.analysis import analysing, count_events  # noqa: PLC0415

    keys, chosen = asked
    with analysing(where, connection) as engine:
        counts = count_events(engine, keys, chosen, shown.most)
    write_counts(counts, keys, shown.format_, shown.language)
    _tell_of_more(len(counts), shown)


def _show_events(where: Workspace, connection: Connection, chosen: Selection, shown: Shown) -> None:
    from siaga.serve.cli.listing import write_events  # noqa: PLC0415
    from siaga.store.analysis import analysing, list_events  # noqa: PLC0415
    from siaga.store.load import load_events  # noqa: PLC0415

    with analysing(where, connection) as engine:
        numbers = list_events(engine, chosen, shown.most)
    write_events(load_events(connection, numbers), shown.format_, shown.language)
    _tell_of_more(len(numbers), shown)


def _tell_of_more(rows: int, shown: Shown) -> None:
    """Say that a table ends where nobody asked it to."""
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    if shown.limit is None and rows == shown.most:
        click.echo(catalogue(shown.language).say("events.more", count=rows), err=True)

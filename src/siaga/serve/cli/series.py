"""`siaga series`: a country's or a pair's events by week beside what is usual."""

from __future__ import annotations

import csv
import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.units import UNIT, Watched, as_of_option, each_option, family_option, watching
from siaga.serve.cli.workspaces import workspace_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from siaga.report.catalogue import Catalogue
    from siaga.report.episodes import WeekRow
    from siaga.store.series import Each, Unit

__all__ = ["command"]

PLOTTED = 104
"""Weeks that a terminal has room for, in two lines."""


@click.command("series")
@click.argument("unit", type=UNIT, metavar="UNIT")
@family_option
@as_of_option
@each_option
@click.option("--plot", is_flag=True, help="Columns of the last two years, in the terminal.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "csv", "jsonl", "svg"]), default="table",
    help="table for people, csv or jsonl for programs, svg for a drawing.",
)  # fmt: skip
@language_option("table and drawing")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    unit: Unit,
    family: str,
    as_of: datetime | None,
    each: Each,
    plot: bool,  # noqa: FBT001 - a switch
    format_: str,
    language: str | None,
) -> None:
    """Show the events of a country or a pair by week, what is usual, and which weeks are not.

    UNIT is a country or body (UKR), a pair of which one acts (RUS>UKR, in quotes), a pair whoever acts (RUS-UKR), or
    what happens in a country (@UKR).

    \b
    Examples:
      siaga series RUS-UKR --plot
      siaga series UKR --family protest --format csv > protest.csv
      siaga series RUS-UKR --format svg > russia-ukraine.svg
    """  # noqa: D301 - click reads \b
    from siaga.monitor.episodes import Rule, course  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.report.episodes import plot as drawn  # noqa: PLC0415
    from siaga.report.episodes import week_rows  # noqa: PLC0415

    with watching(workspace, Watched(unit, family, as_of, each)) as series:
        went = course(series, 0, Rule())
    words, rows = catalogue(language or preferred_language(os.environ)), week_rows(series, went)
    if format_ == "svg":
        sys.stdout.buffer.write(drawn(series, went, words).encode() + b"\n")
    elif format_ == "jsonl":
        sys.stdout.buffer.writelines(row.to_json() + b"\n" for row in rows)
    elif format_ == "csv":
        _write_csv(rows)
    elif plot:
        _plot(unit.name, rows, words)
    else:
        _show(rows, words)


def _write_csv(rows: Sequence[WeekRow]) -> None:
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(rows[0].__struct_fields__)
    sheet.writerows([getattr(row, name) for name in row.__struct_fields__] for row in rows)


def _plot(unit: str, rows: Sequence[WeekRow], words: Catalogue) -> None:
    """Two lines a year: events, and a mark below each unusual week."""
    from siaga.report.timeline import sparkline  # noqa: PLC0415

    shown = rows[-PLOTTED:]
    for start in range(0, len(shown), PLOTTED // 2):
        part = shown[start : start + PLOTTED // 2]
        click.echo(f"{unit} · {words.day(part[0].week)}")
        most = max(max((int(row.count) for row in shown), default=1), 1)
        click.echo(sparkline([*(int(row.count) for row in part), most])[: len(part)])
        click.echo("".join("^" if row.verdict.startswith("more") else " " for row in part).rstrip())


def _show(rows: Sequence[WeekRow], words: Catalogue) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("week", "count", "expected", "chance", "verdict"):
        table.add_column(words.say(f"episodes.{name}"), justify="left" if name in {"week", "verdict"} else "right")
    for row in rows:
        chance = "" if row.chance is None else f"{row.chance:.3f}"
        expected = "" if row.expected is None else f"{row.expected:.1f}"
        style = "bold" if row.verdict.startswith("more") else ""
        verdict = words.say(f"episodes.verdict_{row.verdict}")
        table.add_row(row.week, f"{row.count:g}", expected, chance, verdict, style=style)
    Console(highlight=False, markup=False, emoji=False).print(table)

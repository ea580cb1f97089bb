"""`siaga backtest`: how good forecasts would have been, beside the simple ones that they have to beat."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.monitor.scorecard import Backtest
    from siaga.report.backtest import Sheet

__all__ = ["command"]

ROLE = 1
"""The column that a terminal has no room for; candidates stand in bold below the baselines."""


@click.command("backtest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option("--horizon", type=click.IntRange(1, 120), default=3, show_default=True, help="Steps ahead.")
@click.option(
    "--threshold", type=click.FloatRange(0, min_open=True), default=25.0, show_default=True,
    help="A step counts as positive from this count on.",
)  # fmt: skip
@click.option(
    "--quiet", type=click.IntRange(1, 120), default=6, show_default=True,
    help="Steps below the threshold after which reaching it is an onset.",
)  # fmt: skip
@click.option("--test-from", required=True, metavar="YYYY-MM", help="First step from which forecasts are tested.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "json", "html"]), default="table", show_default=True,
    help="table for the terminal, json for programs, html for a page with diagrams.",
)  # fmt: skip
@language_option("table and page")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Path, horizon: int, threshold: float, quiet: int, test_from: str, format_: str, language: str | None
) -> None:
    """Test forecasts on counts that you bring.

    FILE.csv has the columns unit, date (YYYY-MM, or YYYY-MM-DD for weeks and days) and count; further columns of
    numbers are used by the logistic. What has no row counts as 0. Each forecast is made with what was known at the
    time; tables always show the baselines: climatology, unit_rate, persistence, last_poisson, conflictology_12.

    \b
    Examples:
      siaga backtest deaths.csv --horizon 3 --threshold 25 --quiet 6 --test-from 2010-01
      siaga backtest deaths.csv --test-from 2010-01 --format json > backtest.json
      siaga backtest deaths.csv --test-from 2010-01 --format html > backtest.html
    """  # noqa: D301 - click reads \b
    from siaga.monitor.backtest import backtest  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.monitor.panel import load_panel  # noqa: PLC0415
    from siaga.monitor.question import Question  # noqa: PLC0415
    from siaga.report.backtest import page  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    result = backtest(load_panel(file), Question(horizon=horizon, threshold=threshold, quiet=quiet), test_from)
    words = catalogue(language or preferred_language(os.environ))
    if format_ == "json":
        sys.stdout.buffer.write(result.to_json() + b"\n")
    elif format_ == "html":
        sys.stdout.buffer.write(page(result, file.name, words).encode())
    else:
        _show(result, file.name, words.language)


def _show(result: Backtest, file: str, language: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.backtest import sheets, summary  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words = catalogue(language)
    console = Console(highlight=False, markup=False, emoji=False)
    for line in summary(result, file, words):
        console.print(line)
    for sheet in sheets(result, words):
        _show_sheet(console, sheet)


def _show_sheet(console: Console, sheet: Sheet) -> None:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if sheet.kind != "budgets":
        console.print(Text(f"\n{sheet.title}", "bold"))
    console.print(Text(sheet.about, "dim"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(sheet.head):
        if number != ROLE:
            table.add_column(name, justify="right" if number else "left", no_wrap=number == 0)
    for number, row in enumerate(sheet.rows):
        style = "bold" if number >= len(sheet.rows) - sheet.candidates else ""
        table.add_row(*(Text(cell) for place, cell in enumerate(row) if place != ROLE), style=style)
    console.print(table)

"""`siaga forecast`: how likely each unit is to reach a threshold, in numbers and words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siaga.monitor.forecast import Outlook
    from siaga.report.catalogue import Catalogue

__all__ = ["command"]

TABLE_ROWS = 20


@click.command("forecast")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option("--horizon", type=click.IntRange(1, 120), default=3, show_default=True, help="Steps ahead.")
@click.option(
    "--threshold", type=click.FloatRange(0, min_open=True), default=25.0, show_default=True,
    help="The count that is asked about, in any one step.",
)  # fmt: skip
@click.option(
    "--quiet", type=click.IntRange(1, 120), default=6, show_default=True, help="Steps that make a unit quiet."
)
@click.option("--limit", type=click.IntRange(1), default=None, help="Units at the most; a table has 20 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs: one unit a line.",
)  # fmt: skip
@language_option("the table")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Path, horizon: int, threshold: float, quiet: int, limit: int | None, format_: str, language: str | None
) -> None:
    """Tell how likely each unit of a file is to reach a threshold, from its last step on, beside the base rate.

    FILE.csv is as for siaga backtest; see there how good such forecasts were before you rely on one.

    \b
    Examples:
      siaga forecast deaths.csv --horizon 3 --threshold 25
      siaga forecast deaths.csv --format jsonl > outlook.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.monitor.forecast import forecast  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.monitor.panel import load_panel  # noqa: PLC0415
    from siaga.monitor.question import Question  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    found = forecast(load_panel(file), Question(horizon=horizon, threshold=threshold, quiet=quiet))
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found[:limit])
        return
    words = catalogue(language or preferred_language(os.environ))
    first = found[0]
    click.echo(words.say(
        "forecast.head", origin=first.origin, horizon=horizon, threshold=words.number(threshold), model=first.model,
        rate=f"{first.base_rate:.0%}",
    ))  # fmt: skip
    _show(found[: limit or TABLE_ROWS], words)


def _show(found: Sequence[Outlook], words: Catalogue) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from siaga.report.backtest import chance_word  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("unit", "chance", "words", "own", "last", "next"):
        table.add_column(words.say(f"forecast.{name}"), justify="left" if name in {"unit", "words"} else "right")
    for one in found:
        told = chance_word(one.chance, words)
        span = f"{words.number(round(one.low))}…{words.number(round(one.high))}"
        cells = (one.unit, f"{one.chance:.0%}", told, f"{one.unit_rate:.0%}", words.number(one.last), span)
        table.add_row(*map(Text, cells), style="bold" if one.at_risk else "")
    Console(highlight=False, markup=False, emoji=False).print(table)
    click.echo(words.say("forecast.bold"))

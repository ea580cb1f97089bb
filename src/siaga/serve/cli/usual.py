"""`siaga usual`: of everybody in a workspace, who had an unusual week."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.units import each_option, family_option
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from siaga.monitor.weekly import Weekly
    from siaga.store.series import Each, Kind

__all__ = ["command"]


@click.command("usual")
@click.option(
    "--kind", type=click.Choice(["country", "directed", "undirected", "place"]), default="country", show_default=True,
    help="Countries and bodies, pairs of which one acts, pairs whoever acts, or where it happens.",
)  # fmt: skip
@family_option
@click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="The last week that was over on that day, by what was known then; by default the last that is stored.",
)  # fmt: skip
@click.option(
    "--level", type=click.FloatRange(0, 0.5, min_open=True), default=0.01, show_default=True,
    help="A week is unusual if the chance of so many events is not above it.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Series, the most unusual first.")
@each_option
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True,
    help="table for people, csv or jsonl for programs: one series a line.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    kind: Kind,
    family: str,
    as_of: datetime | None,
    level: float,
    limit: int,
    each: Each,
    format_: str,
    language: str | None,
) -> None:
    """Judge a week of all series: what was counted, what was usual, up to how many, and the so-many-th episode it is.

    The last week that is over is judged by those before it. A series is unusual with more than what is usual
    explains; it says so plainly where it is still learnt, where sources failed, or where nobody looks.

    \b
    Examples:
      siaga usual
      siaga usual --kind undirected --family material_conflict --as-of 2014-03-09
      siaga usual --kind place --format jsonl
    """  # noqa: D301 - click reads \b
    from siaga.monitor.episodes import Rule  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.monitor.series import last_week, load_all, series_of  # noqa: PLC0415
    from siaga.monitor.weekly import weekly  # noqa: PLC0415
    from siaga.store.series import LAST_DAY  # noqa: PLC0415

    day = None if as_of is None else as_of.date()
    with series_of(the_workspace(workspace), LAST_DAY if day is None else day.isoformat(), each) as stored:
        series, week = load_all(stored, kind, family), last_week(stored, day)
    found = weekly(series, week - series.first, Rule(level=level), limit)
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
    elif format_ == "csv":
        from siaga.report.weekly import write_csv  # noqa: PLC0415 - loads rich

        write_csv(found, sys.stdout)
    else:
        _show(found, family, len(series.units), language or preferred_language(os.environ))


def _show(found: Sequence[Weekly], family: str, units: int, language: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.report.weekly import week_table  # noqa: PLC0415

    words = catalogue(language)
    alarms = sum(one.alarm for one in found)
    click.echo(
        words.say("usual.head", week=words.day(found[0].week), family=family, count=alarms, units=words.number(units))
    )
    Console(highlight=False, markup=False, emoji=False).print(week_table(found, words))

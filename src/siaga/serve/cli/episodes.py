"""`siaga episodes`: when there was more than usual, told apart and counted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.units import UNIT, Watched, as_of_option, each_option, family_option, watching
from siaga.serve.cli.workspaces import workspace_option

if TYPE_CHECKING:
    from datetime import datetime

    from siaga.store.series import Each, Unit

__all__ = ["command"]


@click.command("episodes")
@click.argument("unit", type=UNIT, metavar="UNIT")
@family_option
@as_of_option
@each_option
@click.option(
    "--level", type=click.FloatRange(0, 0.5, min_open=True), default=0.01, show_default=True,
    help="A week is unusual if the chance of so many events is not above it.",
)  # fmt: skip
@click.option("--least", type=click.FloatRange(1), default=3.0, show_default=True, help="Events that a week must have.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs: one episode a line.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    unit: Unit,
    family: str,
    as_of: datetime | None,
    each: Each,
    level: float,
    least: float,
    format_: str,
    language: str | None,
) -> None:
    """Tell the episodes of a country or a pair: weeks with more events than usual, closed by four that had not.

    UNIT is a country or body (UKR), a pair of which one acts (RUS>UKR, in quotes), a pair whoever acts (RUS-UKR), or
    what happens in a country (@UKR). Events are those that were read and kept, and those that were imported.

    \b
    Examples:
      siaga episodes UKR
      siaga episodes RUS-UKR --family material_conflict
      siaga episodes "RUS>UKR" --family all --format jsonl
    """  # noqa: D301 - click reads \b
    from siaga.monitor.episodes import Rule, episodes  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    with watching(workspace, Watched(unit, family, as_of, each)) as series:
        found = episodes(series, 0, Rule(level=level, least_events=least))
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    from siaga.monitor.alarm import LEARNING_WEEKS  # noqa: PLC0415
    from siaga.monitor.steps import step_named  # noqa: PLC0415
    from siaga.report.episodes import episode_lines  # noqa: PLC0415

    words, end = catalogue(language or preferred_language(os.environ)), series.first + series.counts.shape[1] - 1
    first, last = (words.day(step_named(week, "week")) for week in (series.first, end))
    head = "episodes.head" if found else "episodes.none"
    click.echo(words.say(head, unit=unit.name, family=family, count=len(found), first=first, last=last))
    for line, notes in episode_lines(found, words):
        click.echo(f"• {line}\n  {notes}")
    click.echo(words.say("episodes.learning", weeks=LEARNING_WEEKS), err=True)
    if series.sources is None:
        click.echo(words.say("episodes.sources_unknown"), err=True)

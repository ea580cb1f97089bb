"""`siaga daily`: what is to be done once a day."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.logging_ import log_option, logged_as
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

__all__ = ["command"]


@click.command("daily")
@click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="The day whose knowledge counts; by default today, or without sources that of the newest article.",
)  # fmt: skip
@click.option("--format", "-f", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="table for people, json for programs.")  # fmt: skip
@log_option
@language_option("the report")
@workspace_option
def command(as_of: datetime | None, format_: str, language: str | None, workspace: str | None, log: str | None) -> None:
    """Take the daily step: link new articles, answer claims, warn, fire the rules of alerts, send what waits.

    Each part is saved by itself and does nothing twice: interrupted or killed, the same command goes on. siaga watch
    takes this step by itself, every 24 hours (daily.every); run it from a timer where you use siaga collect.

    \b
    Examples:
      siaga daily
      siaga daily --as-of 2022-02-24 --format json

    Exit code: 0; 75 if another process writes or takes the step, and goes on for too long.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.serve.alerting.firing import day_of  # noqa: PLC0415
    from siaga.serve.cli.daily_told import daily_lines  # noqa: PLC0415
    from siaga.serve.daily import daily  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    day = as_of.date() if as_of else day_of(where)
    if day is None:
        click.echo(words.say("alert.no_day"), err=True)
        return
    stand_on_overlay(where)
    with logged_as(log, where):
        done = daily(where, day)
    if format_ == "json":
        sys.stdout.buffer.write(done.to_json() + b"\n")
        return
    for line in daily_lines(done, words):
        click.echo(line)

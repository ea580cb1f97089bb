"""`siaga actor`: a page of facts of one country or body."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, PARTY
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

__all__ = ["command"]


@click.command("actor")
@click.argument("code", type=PARTY)
@click.option(
    "--as-of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="The day: nothing that was published later is used. By default that of the newest article.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1), default=90, show_default=True, help="Days looked back on.")
@click.option(
    "--limit", type=click.IntRange(1), default=8, show_default=True, help="Partners and sentences at the most."
)
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True,
    help="table for people, json for programs, markdown with footnotes.",
)  # fmt: skip
@language_option("table and markdown")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    code: str,
    as_of: datetime | None,
    days: int,
    limit: int,
    format_: str,
    language: str | None,
) -> None:
    """Show a page of facts: who is in office, what happens between it and others, how much is told, latest sentences.

    CODE is a code (RUS, NATO) or a name. All of it comes from the store and from our tables of actors.

    \b
    Examples:
      siaga actor UKR
      siaga actor Russia --as-of 2021-11-30 --lang id
      siaga actor NATO --days 30 --format json
    """  # noqa: D301 - click reads \b
    from siaga.monitor.actor import actor_facts, acts_of  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.monitor.rule import warning_rule  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.known import knowing  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    words, where, rule = catalogue(language or preferred_language(os.environ)), the_workspace(workspace), warning_rule()
    stand_on_overlay(where)
    with reading_from(where) as connection:
        day = as_of.date() if as_of else newest_day(connection)
        if day is None:
            click.echo(words.say("warn.no_day"), err=True)
            return
        with knowing(where, connection, day, rule.confidence) as known:
            facts = actor_facts(known, code, rule, (days, limit), acts_of(known, code, rule))
    if format_ == "json":
        sys.stdout.buffer.write(facts.to_json() + b"\n")
        return
    from siaga.report.actor import told_actor  # noqa: PLC0415
    from siaga.report.warning_page import as_markdown  # noqa: PLC0415

    page = told_actor(facts, words)
    if format_ == "markdown":
        click.echo(as_markdown([page]), nl=False)
        return
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.serve.cli.warning_view import whole_card  # noqa: PLC0415

    Console(highlight=False, markup=False, emoji=False).print(whole_card(page))

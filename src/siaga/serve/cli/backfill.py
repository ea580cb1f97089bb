"""`siaga backfill`: what sources published before we looked."""

from __future__ import annotations

import os
from datetime import datetime

import click

from siaga.serve.cli.gathered import chosen_sources, run, until_told
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

__all__ = ["command"]


@click.command("backfill")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE ...")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, required=True, help="First day of publication that is wanted.")
@click.option("--quiet", "-q", is_flag=True, help="Tell nothing but the summary.")
@language_option("the summary")
@workspace_option
def command(
    workspace: str | None, sources: tuple[str, ...], since: datetime, language: str | None, *, quiet: bool
) -> None:
    """Fetch what sources published since a day, from their sitemaps and archives, so that a new workspace need not
    learn for half a year what is usual.

    SOURCE is the name of a file in sources/. Looked through are its `archives` (sitemaps, or pages by day such as
    "https://www.example.org/index?date={date}") and `sitemaps`; without either, the sitemaps that its robots.txt
    names. Interrupted, siaga watch, or the same command, goes on with what is left.

    \b
    Examples:
      siaga backfill antaranews --since 2026-05-01
    """  # noqa: D301 - click reads \b; the sentence is long
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.serve.gathering.gather import gathering  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    chosen = chosen_sources(where, sources, words)
    read_with_overlay(where)
    with gathering(where, chosen_sources(where, (), words)) as gathered, until_told() as goes_on:
        gathered.begin(at_once=False)
        begun = sum(gathered.look_back(source, since.date()) for source in chosen)
        click.echo(words.say("gather.backfill", lists=begun, day=words.day(since.date().isoformat())), err=True)
        run(gathered, lambda: goes_on() and not gathered.is_done, words, quiet=quiet)
        gathered.notice()

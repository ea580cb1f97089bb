"""`siaga collect`: every source looked at once."""

from __future__ import annotations

import os
import sys

import click

from siaga.serve.cli.gathered import chosen_sources, run, tell_failures, until_told
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

__all__ = ["command"]

EXIT_NOTHING = 1


@click.command("collect")
@click.argument("sources", nargs=-1, metavar="[SOURCE] ...")
@click.option("--quiet", "-q", is_flag=True, help="Tell nothing but the summary.")
@language_option("the summary")
@workspace_option
def command(workspace: str | None, sources: tuple[str, ...], language: str | None, *, quiet: bool) -> None:
    """Look at every source once: fetch, read and save what is new, then end.

    SOURCE is the name of a file in sources/ (siaga sources list); by default all. Feeds that have not changed cost
    one short answer each. Articles that were fetched some hours or days ago are looked at again, to see whether they
    were edited or withdrawn. Each new article is a line on standard output: id, source, title.

    \b
    Examples:
      siaga collect
      siaga collect antaranews tempo
      siaga collect --quiet                  for a scheduler

    Exit code: 0 if every source was looked at, 1 if nothing answered at all; others as `siaga read`.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.serve.gathering.gather import gathering  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    chosen = chosen_sources(where, sources, words)
    read_with_overlay(where)
    with gathering(where, chosen) as gathered, until_told() as goes_on:
        gathered.begin(at_once=True)
        answers = run(gathered, lambda: goes_on() and not gathered.is_done, words, quiet=quiet)
        tell_failures(gathered.notice(), words)
    if not answers:
        sys.exit(EXIT_NOTHING)

"""`siaga watch`: every source looked at again and again."""

from __future__ import annotations

import os

import click

from siaga.serve.cli.gathered import chosen_sources, run, tell_failures, until_told
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.logging_ import log_option, logged_as
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

__all__ = ["command"]


@click.command("watch")
@click.argument("sources", nargs=-1, metavar="[SOURCE] ...")
@click.option(
    "--for", "seconds", type=click.FloatRange(0, min_open=True), default=None, metavar="SECONDS",
    help="End after so many seconds; by default it goes on until it is told to end.",
)  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="Tell nothing but the summary.")
@log_option
@language_option("the summary")
@workspace_option
def command(  # noqa: PLR0913 - one parameter an option
    workspace: str | None,
    sources: tuple[str, ...],
    seconds: float | None,
    language: str | None,
    log: str | None,
    *,
    quiet: bool,
) -> None:
    """Look at every source again and again: fetch, read and save what is new as it comes.

    It goes on until Ctrl-C or SIGTERM. Killed at any moment, the same command goes on where it was: every article is
    stored exactly once. It is the one process that writes to the workspace; others may read it meanwhile. Once a day
    it takes the daily step (siaga daily), and it sends alerts when they are due.

    \b
    Examples:
      siaga watch
      siaga watch antaranews --for 3600
      siaga watch --quiet --log json -w /srv/watch      for a service
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.serve.cli.daily_told import take_turn  # noqa: PLC0415
    from siaga.serve.daily import Turns  # noqa: PLC0415
    from siaga.serve.gathering.gather import gathering  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    chosen = chosen_sources(where, sources, words)
    read_with_overlay(where)
    with logged_as(log, where), until_told(seconds) as goes_on:
        turns = Turns(where, goes_on)
        while goes_on():
            with gathering(where, chosen) as gathered:
                gathered.begin(at_once=False)
                run(gathered, turns, words, quiet=quiet)
                tell_failures(gathered.notice(), words)
            if goes_on():
                take_turn(where, turns, goes_on, words)

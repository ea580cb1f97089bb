"""`siaga COMMAND`: each command is a module that loads what it needs only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from siaga import __version__
from siaga.serve.cli.ending import ends_tidily

__all__ = ["main"]

COMMANDS = {
    name: f"siaga.serve.cli.{name}"
    for name in (
        "actor",
        "alerts",
        "archive",
        "article",
        "audit",
        "backfill",
        "backup",
        "backtest",
        "brief",
        "claims",
        "compare",
        "collect",
        "correct",
        "corrections",
        "daily",
        "demo",
        "doctor",
        "episodes",
        "events",
        "explain",
        "export",
        "forecast",
        "forget",
        "init",
        "link",
        "overlay",
        "playbook",
        "read",
        "rejects",
        "reread",
        "restore",
        "score",
        "seal",
        "search",
        "series",
        "serve",
        "stories",
        "story",
        "sources",
        "token",
        "user",
        "usual",
        "warn",
        "watch",
        "watchlist",
    )
} | {"import": "siaga.serve.cli.import_"}
"""Command -> module; the module holds a click command `command`."""


class LazyCommands(click.Group):
    """A group that imports a command's module only when that command, or the list of them, is asked for."""

    def main(self, *args: Any, **settings: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; see `ending` for what happens when it is cut short."""
        with ends_tidily():
            return super().main(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """The command itself, ended before click would call every cut an error of code 1."""
        with ends_tidily():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a module listed above without one is our mistake
        return command


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="siaga")
def main() -> None:
    """Crisis early warning from the news, in Indonesian and English.

    \b
    Start here:
      siaga demo                      read a small bundled archive and brief you on it
      siaga read page.html            who did what to whom, with the sentence that says so
      siaga read news/ --format jsonl > events.jsonl

    \b
    Keep what was read:
      siaga init                      this folder becomes a workspace
      siaga read news/ --save         read and store; again, and only what is new is read
      siaga events --by country,week  count or list what is stored
      siaga brief -o brief.md         what a meeting reads: every line with the sentences it stands on
      siaga search Riga "laut hitam"  find articles
      siaga explain EVENT             why an event was coded as it was
      siaga overlay init              your own actors, places, words and rules
      siaga link                      which articles are copies, and of what; which tell one story
      siaga stories --min-sources 2   what several independent sources tell
      siaga story ID                  what happened, on whose word, and what contradicts
      siaga compare A B               two articles side by side
      siaga rejects                   what could not be used, and why

    \b
    Be warned:
      siaga warn                      which countries and pairs are above normal, and why
      siaga warn --as-of YYYY-MM-DD   the same by what was known on that day
      siaga watchlist add NAME ...    countries, pairs and topics to be warned of
      siaga actor CODE                who is in office, with whom it has to do, what is told
      siaga serve                     the same in a browser: http://127.0.0.1:8000/

    \b
    Be told, wherever you are:
      siaga alerts add NAME "Tell desk@x.org when Russia – Ukraine reaches Siaga"
      siaga alerts past NAME          when it would have told you
      siaga daily                     link, answer claims, warn, tell; siaga watch does it by itself

    \b
    Know what to do:
      siaga playbook list             contingency plans, with what begins them
      siaga playbook start NAME --unit RUS-UKR

    \b
    Let it come by itself:
      siaga sources add URL           feeds, sitemaps and sections are found
      siaga watch                     fetch, read and save what is new; siaga collect does it once
      siaga sources status            who fell silent
      siaga backfill SOURCE --since YYYY-MM-DD
      siaga doctor                    what may be wrong, and what to do

    \b
    Correct it, and read again:
      siaga correct wrong EVENT       it stays corrected, whoever reads the article again
      siaga corrections               who corrected what; as labels, to train on
      siaga reread                    stored articles by the reader of today: what changed

    \b
    See what is unusual:
      siaga import events.csv         bring events of your own or of other projects
      siaga usual                     whose week was unusual, and the so-many-th time
      siaga episodes RUS-UKR          when there was more than usual, and how often before
      siaga claims resolve            what was foreseen, and what came of it; siaga claims lists it
      siaga backtest counts.csv --test-from 2010-01

    \b
    Let others in:
      siaga user add NAME             from then on nobody uses the pages without logging in; siaga audit: who did what
      siaga token add NAME            for programs that use the API

    \b
    Keep it safe:
      siaga backup                    all of a workspace in one file, while it is written to; siaga restore lays it out

    \b
    See how well it reads:
      siaga score gold.json news.jsonl    against sentences that people coded
    """  # noqa: D301 - click reads \b

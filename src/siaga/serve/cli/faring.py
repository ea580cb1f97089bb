"""`siaga sources show`, `check` and `status`: how sources fare, and whether they are as their files say."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from shutil import get_terminal_size

import click

from siaga.serve.cli.gathered import chosen_sources, plain
from siaga.serve.cli.languages import language_option
from siaga.serve.cli.sources_told import format_option, tell_lines, tell_table, words_in
from siaga.serve.cli.workspaces import the_workspace, workspace_option

__all__ = ["check", "show", "status"]

STATUS_DAYS = 28
WIDE = 110
"""Columns of a terminal from which all these days have room."""
EXIT_FAULTS = 1


@click.command("show")
@click.argument("name", metavar="SOURCE")
@language_option("what is told")
@workspace_option
def show(workspace: str | None, name: str, language: str | None) -> None:
    """Show a source: its file, how it fares, days on which it failed, and the series that it feeds.

    \b
    Examples:
      siaga sources show antaranews
    """  # noqa: D301 - click reads \b
    from siaga.collect.sources import source_text  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.health import fare, outlets_of  # noqa: PLC0415
    from siaga.store.series import counting, units_fed  # noqa: PLC0415

    where, words = the_workspace(workspace), words_in(language)
    [source] = chosen_sources(where, (name,), words)
    click.echo(f"# {where.sources / source.id}.toml")
    click.echo(source_text(source))
    with reading_from(where) as connection:
        fares = fare(connection, source.id, _days_ago(STATUS_DAYS))
        for failed in fares.lists:
            click.echo(words.say("gather.list_failing", url=failed.url, times=failed.failures, why=failed.reason or ""))
        for one in fares.failures[:STATUS_DAYS]:
            click.echo(words.say(f"gather.day_{one.kind}", day=words.day(one.day), seen=one.seen,
                                 expected=f"{one.expected:.0f}"))  # fmt: skip
        with counting(where, connection) as engine:
            for unit, number, share in units_fed(engine, outlets_of(connection, source.id), 10):
                click.echo(words.say("gather.feeds", unit=unit, events=words.number(number), share=f"{share:.0%}"))


@click.command("check")
@click.argument("names", nargs=-1, metavar="[SOURCE] ...")
@language_option("what is told")
@workspace_option
def check(workspace: str | None, names: tuple[str, ...], language: str | None) -> None:
    """Ask for every feed, sitemap and section of sources once, and say what is wrong: exit code 1 if anything is.

    \b
    Examples:
      siaga sources check
      siaga sources check antaranews
    """  # noqa: D301 - click reads \b
    from siaga.collect.apart import Looking  # noqa: PLC0415
    from siaga.collect.asking import Asking  # noqa: PLC0415
    from siaga.collect.fetch.fetcher import Fetcher  # noqa: PLC0415
    from siaga.serve.gathering.checking import faults_of  # noqa: PLC0415

    where, words = the_workspace(workspace), words_in(language)
    faults, today = 0, datetime.now(UTC).date()
    with Looking() as look:
        asking = Asking(Fetcher(where.config.fetch), look)
        for source in chosen_sources(where, names, words):
            for key, values in faults_of(asking, source, today):
                faults += key != "gather.fine"
                told = {name: plain(str(value)) for name, value in values.items()}
                click.echo(f"{source.id}: {words.say(key, **told)}")
    if faults:
        sys.exit(EXIT_FAULTS)


@click.command("status")
@click.argument("names", nargs=-1, metavar="[SOURCE] ...")
@format_option
@language_option("the table")
@workspace_option
def status(workspace: str | None, names: tuple[str, ...], format_: str, language: str | None) -> None:
    """Show how sources fare: articles a day of the last four weeks, expected and seen, last success, rejects, state.

    A source that gives fewer articles than chance explains is silent or shrinking; the series that it feeds are
    marked on those days (siaga series).

    \b
    Examples:
      siaga sources status
      siaga sources status --format jsonl
    """  # noqa: D301 - click reads \b
    from siaga.serve.gathering.checking import state_of  # noqa: PLC0415
    from siaga.store.database import now, reading_from  # noqa: PLC0415

    where, words = the_workspace(workspace), words_in(language)
    sources, moment = chosen_sources(where, names, words), now()
    with reading_from(where) as connection:
        states = [state_of(connection, source, moment) for source in sources]
    if format_ == "jsonl":
        tell_lines(states)
        return
    from siaga.report.timeline import sparkline  # noqa: PLC0415

    width = STATUS_DAYS if get_terminal_size().columns >= WIDE else STATUS_DAYS // 2
    rows = [
        (one.source, sparkline(one.days[-width:]), "" if one.expected is None else f"{one.expected:.0f}", str(one.seen),
         (one.last_success or "").replace("T", " ")[5:16], str(one.rejected),
         words.say(f"gather.state_{one.state}"))
        for one in states
    ]  # fmt: skip
    tell_table(("id", "days", "expected", "yesterday", "last_success", "rejected", "state"), rows, words)


def _days_ago(days: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days)).isoformat()

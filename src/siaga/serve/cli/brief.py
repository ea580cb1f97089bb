"""`siaga brief`: what a meeting reads of what is stored, every line with the sentences it stands on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

import click

from siaga.serve.cli.brief_signed import draft, edit, kept, publish, show, sign, verify
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.outputs import written_aside
from siaga.serve.cli.selecting import DAY, Conditions, conditions, of_conditions
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.window import Window
    from siaga.report.brief import Brief
    from siaga.store.analysis import Selection
    from siaga.store.connection import Connection

__all__ = ["command", "stored_brief"]

SURE_ENOUGH = 0.5
"""As in `report/facts.py`; a test compares."""


class Days(NamedTuple):
    """What the options say of days of publication."""

    since: datetime | None
    until: datetime | None


@click.group("brief", invoke_without_command=True)
@click.option(
    "--since", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="First day of publication, inclusive; by default 30 days before the last.",
)  # fmt: skip
@click.option(
    "--until", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="Last day of publication, inclusive; by default that of the newest stored article.",
)  # fmt: skip
@conditions
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=SURE_ENOUGH, show_default=True, metavar="0..1",
    help="How sure the reader must be of an event.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=8, show_default=True, help="Lines of a section, at the most.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["markdown", "json", "terminal"]), default="markdown",
    show_default=True, help="markdown with footnotes, terminal for people there, json for programs.",
)  # fmt: skip
@language_option("headings and lines")
@click.option(
    "--output", "-o", "output", metavar="FILE", default=None, type=click.Path(dir_okay=False, path_type=Path),
    help="Written aside and put in place when it is whole; by default standard output.",
)  # fmt: skip
@workspace_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context,
    /,
    workspace: str | None,
    since: datetime | None,
    until: datetime | None,
    min_confidence: float,
    limit: int,
    format_: str,
    language: str | None,
    output: Path | None,
    **asked: Unpack[Conditions],
) -> None:
    """Write a brief of what is stored: situation, what changed, facts by status, quotes, forecasts, what is not known.

    Every line ends with the numbers of its footnotes, and each footnote is a sentence as an article has it, with
    outlet and day. What changed is seen against the window of the same length before. Days are those of publication,
    so that a brief of an earlier day tells only what could be read then.

    \b
    Examples:
      siaga brief
      siaga brief --until 2022-02-23 --lang id -o ringkasan.md
      siaga brief --since 2022-01-01 --until 2022-01-31 --actor RUS --type MOBILIZE
      siaga brief --format json -o brief.json

    One that is to be signed is drafted in both languages, edited, signed, and can't change from then on:

    \b
      siaga brief draft --until 2022-02-23
      siaga brief edit BRIEF situation.1 --en "..." --id "..."
      siaga brief sign BRIEF
      siaga brief publish BRIEF        Markdown, HTML, PDF, Word in briefs/BRIEF/
      siaga brief verify
    """  # noqa: D301 - click reads \b
    if context.invoked_subcommand is not None:
        return
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.store.database import reading_from  # noqa: PLC0415

    shown_in, chosen = language or preferred_language(os.environ), of_conditions(asked)
    where = the_workspace(workspace)
    stand_on_overlay(where)
    with reading_from(where) as connection:
        window = _window(connection, Days(since, until), shown_in)
        chosen = chosen.replace(least_confidence=min_confidence)
        composed = stored_brief(connection, window, chosen, (shown_in, limit)) if window else None
    if composed is None:
        missing = "brief.none" if window else "brief.no_days"
        days = {"since": window.since, "until": window.until} if window else {}
        click.echo(catalogue(shown_in).say(missing, **days), err=True)
        return
    with written_aside(output) as target:
        _write(composed, format_, target)


for _one in (draft, edit, kept, publish, show, sign, verify):
    command.add_command(_one)


def stored_brief(connection: Connection, window: Window, chosen: Selection, shown: tuple[str, int]) -> Brief | None:
    """The brief of the articles published in a window; null if there are none.

    Args:
        connection: of a reader.
        window: days of publication; the one before it is compared with.
        chosen: which events, and how sure.
        shown: language, and lines of a section.

    """
    from siaga.report.brief import Asking, Scope, brief  # noqa: PLC0415
    from siaga.store.published import load_published  # noqa: PLC0415

    read = tuple(load_published(connection, window, chosen))
    if not read:
        return None
    asking = Asking(window=window, sure=chosen.least_confidence, conditions=tuple(_typed(chosen)))
    before = tuple(load_published(connection, window.before, chosen))
    language, most = shown
    return brief(read, language, most=most, scope=Scope(asking=asking, before=before))


def _window(connection: Connection, days: Days, language: str) -> Window | None:
    """The days asked for; null if none is and no article has a day. What we chose ourselves is told."""
    from siaga.base.window import Window, days_back  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    last = days.until.date() if days.until else newest_day(connection)
    if last is None:
        return None
    window = days_back(last)
    if days.since:
        window = Window(since=days.since.date().isoformat(), until=window.until)
    if window.since > window.until:
        raise click.UsageError(f"--since {window.since} is after the last day, {window.until}")
    if not (days.since and days.until):
        _tell_days(window, language)
    return window


def _tell_days(window: Window, language: str) -> None:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    click.echo(catalogue(language).say("brief.days", since=window.since, until=window.until), err=True)


def _typed(chosen: Selection) -> Iterator[str]:
    """The conditions as a user would type them."""
    options = {
        "--actor": chosen.actors, "--recipient": chosen.recipients, "--type": chosen.types,
        "--status": chosen.statuses, "--country": chosen.countries, "--source": chosen.sources,
        "--text-language": chosen.languages,
    }  # fmt: skip
    for option, values in options.items():
        for value in values:
            yield from (option, value)


def _write(composed: Brief, format_: str, target: Path | None) -> None:
    if format_ == "terminal":
        _print(composed, target)
        return
    written = _encoded(composed, format_)
    if target is None:
        sys.stdout.buffer.write(written)
    else:
        target.write_bytes(written)


def _encoded(composed: Brief, format_: str) -> bytes:
    from siaga.report.markdown import markdown  # noqa: PLC0415

    return composed.to_json() + b"\n" if format_ == "json" else markdown(composed).encode()


def _print(composed: Brief, target: Path | None) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.serve.cli.briefing import brief_view  # noqa: PLC0415

    if target is None:
        Console(highlight=False, markup=False, emoji=False).print(brief_view(composed))
        return
    with target.open("w", encoding="utf-8") as file:
        Console(file=file, highlight=False, markup=False, emoji=False).print(brief_view(composed))

"""`siaga demo`: a small archive that comes with the program, read and briefed in front of the user."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import LANGUAGES, preferred_language

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.article import Page, Reject
    from siaga.base.document import Reading

__all__ = ["command", "demo_pages"]

TABLE_ROWS = 20
BRIEF_LINES = 4
BRIEF_DAYS = 30
EVE = "2022-02-23"
"""The day before the invasion: what could have been known."""
EXIT_NOTHING_READ = 1


@click.command("demo")
@click.option(
    "--lang", "-l", "language", type=click.Choice(LANGUAGES), default=None,
    help="Language of headings and brief; by default that of your terminal (LANG), else English.",
)  # fmt: skip
@click.option(
    "--until", "-u", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), default=EVE, show_default=True,
    help="Day on which the brief is read; it looks back 30 days. The archive runs from 2021-01-27 to 2022-03-31.",
)  # fmt: skip
def command(language: str | None, until: datetime) -> None:
    """Read a small archive of news and brief you on it.

    The archive comes with Siaga: short pages in Indonesian and English on the crisis of 2021-22 around Ukraine,
    written for this demonstration by invented outlets, copies and page junk included. Nothing is fetched.

    \b
    Examples:
      siaga demo
      siaga demo --lang id
      siaga demo --until 2021-12-03
    """  # noqa: D301 - click reads \b
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that can't show a bar shows a question mark instead
    console, shown_in = Console(), language or preferred_language(os.environ)
    read = read_archive(console, shown_in)
    if not read:
        sys.exit(EXIT_NOTHING_READ)
    show(console, read, shown_in, until.date())


def demo_pages() -> tuple[Page, ...]:
    """The pages of the archive, in order of their days."""
    from siaga.base.article import Page  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.base.pack import asset  # noqa: PLC0415

    files = sorted(asset("demo", "pages").iterdir(), key=lambda file: file.name)
    return tuple(
        Page(name=file.name, body=file.read_bytes(), kind="html" if file.name.endswith(".html") else "text")
        for file in files
    )


def read_archive(console: Console, language: str) -> tuple[Reading, ...]:
    """What the archive says, read in front of the user; it is told first where the pages come from."""
    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words, pages, began = catalogue(language), demo_pages(), time.monotonic()
    console.print(words.say("demo.notice"), style="bold yellow")
    results = tuple(_read(console, pages, words.say("demo.reading", count=len(pages))))
    read = tuple(result for result in results if not isinstance(result, Reject))
    _show_counts(console, read, language, time.monotonic() - began)
    if len(read) < len(results):
        console.print(words.say("demo.rejected", count=len(results) - len(read)), style="red")
    return read


def show(console: Console, read: Sequence[Reading], language: str, until: date) -> None:
    """What most sources report, the timeline, and the brief of a day."""
    _show_report(console, read, language)
    _show_brief(console, read, language, until)


def _read(console: Console, pages: Sequence[Page], what: str) -> Iterator[Reading | Reject]:
    """What the pages say, with a bar that fills as they are read."""
    from rich.progress import Progress  # noqa: PLC0415

    from siaga.flow import readings  # noqa: PLC0415

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=len(pages))
        for result in readings(pages):
            yield result
            progress.advance(task)


def _show_counts(console: Console, read: Sequence[Reading], language: str, seconds: float) -> None:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words = catalogue(language)
    counts = {
        "articles": len(read),
        "events": sum(len(reading.events) for reading in read),
        "quotes": sum(len(reading.quotes) for reading in read),
        "forecasts": sum(len(reading.forecasts) for reading in read),
    }
    told = {key: words.number(count) for key, count in counts.items()}
    console.print(words.say("demo.read", seconds=f"{seconds:.1f}", **told))
    blocks = sum(len(reading.article.dropped) for reading in read)
    console.print(words.say("demo.dropped", blocks=words.number(blocks)), style="dim")


def _show_report(console: Console, read: Sequence[Reading], language: str) -> None:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.briefing import fact_table, timeline_view  # noqa: PLC0415

    words = catalogue(language)
    console.rule(words.say("demo.table"))
    console.print(fact_table(read, language, most=TABLE_ROWS))
    console.rule(words.say("timeline.title"))
    console.print(timeline_view(read, language))


def _show_brief(console: Console, read: Sequence[Reading], language: str, until: date) -> None:
    from siaga.base.pack import asset  # noqa: PLC0415
    from siaga.report.brief import brief  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.briefing import brief_view  # noqa: PLC0415

    words, lately = catalogue(language), tuple(last_days(read, until))
    console.rule()
    console.print(words.say("demo.brief", days=BRIEF_DAYS, day=words.day(until.isoformat())), style="bold yellow")
    console.print(brief_view(brief(lately, language, most=BRIEF_LINES)))
    console.print()
    console.print(words.say("demo.hint", folder=asset("demo", "pages")), style="dim")


def last_days(read: Iterable[Reading], until: date) -> Iterator[Reading]:
    """The articles published on a day or in the 30 days before it."""
    first = (until - timedelta(days=BRIEF_DAYS)).isoformat()
    for reading in read:
        if reading.article.published and first <= reading.article.published[:10] <= until.isoformat():
            yield reading

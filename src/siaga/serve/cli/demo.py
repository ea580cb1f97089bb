"""`siaga demo`: a small archive that comes with the program, read, stored and briefed in front of the user."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.article import Page
    from siaga.base.document import Reading
    from siaga.store.analysis import Count
    from siaga.store.workspace import Workspace

__all__ = ["command", "demo_pages"]

TABLE_ROWS = 20
BRIEF_LINES = 4
BUSIEST_PAIRS = 8
EVE = "2022-02-23"
"""The day before the invasion: what could have been known."""
EXIT_NOTHING_READ = 1
KEPT = "siaga-demo"
"""A folder to propose."""
TRY_NEXT = (
    "events --actor RUS --recipient UKR --type MOBILIZE",
    "events --by pair,month",
    "search NATO 'perbatasan*'",
    "brief --until 2021-12-03 -o brief.md",
)
"""Commands, without their workspace; a test runs them."""


@click.command("demo")
@language_option("headings and brief")
@click.option(
    "--until", "-u", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), default=EVE, show_default=True,
    help="Day on which the brief is read; it looks back 30 days. The archive runs from 2021-01-27 to 2022-03-31.",
)  # fmt: skip
@click.option(
    "--keep", "-k", "keep", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path), default=None,
    help="Workspace in which the archive stays, to go on with; made if it isn't there. By default nothing stays.",
)  # fmt: skip
def command(language: str | None, until: datetime, keep: Path | None) -> None:
    """Read a small archive of news, store it, and brief you on it.

    The archive comes with Siaga: short pages in Indonesian and English on the crisis of 2021-22 around Ukraine,
    written for this demonstration by invented outlets, copies and page junk included. Nothing is fetched.

    \b
    Examples:
      siaga demo
      siaga demo --lang id
      siaga demo --until 2021-12-03
      siaga demo --keep siaga-demo    and then: siaga events -w siaga-demo
    """  # noqa: D301 - click reads \b
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that can't show a bar shows a question mark instead
    console, shown_in = Console(), language or preferred_language(os.environ)
    with _workspace(keep) as where:
        read = read_archive(console, shown_in, where)
        if not read:
            sys.exit(EXIT_NOTHING_READ)
        show(console, read, shown_in, where)
        _show_brief(console, shown_in, where, until.date())
    _show_next(console, shown_in, keep)


@contextmanager
def _workspace(keep: Path | None) -> Iterator[Workspace]:
    """The workspace that stays, or one that is gone afterwards."""
    from siaga.store.workspace import lay_out  # noqa: PLC0415 - `siaga --help` must not load records

    if keep is None:
        with TemporaryDirectory(prefix="siaga-demo-") as folder:
            yield lay_out(Path(folder), {})
        return
    if keep.is_dir() and any(keep.iterdir()) and not (keep / "siaga.toml").is_file():
        raise click.UsageError(f"--keep {keep}: there is something else in this folder; expected a new or empty one")
    yield lay_out(keep, os.environ)


def demo_pages() -> tuple[Page, ...]:
    """The pages of the archive, in order of their days."""
    from siaga.base.article import Page  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.base.pack import asset  # noqa: PLC0415

    files = sorted(asset("demo", "pages").iterdir(), key=lambda file: file.name)
    return tuple(
        Page(name=file.name, body=file.read_bytes(), kind="html" if file.name.endswith(".html") else "text")
        for file in files
    )


def read_archive(console: Console, language: str, where: Workspace) -> tuple[Reading, ...]:
    """What the archive says, read and stored in front of the user; it is told first where the pages come from."""
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words, pages, began = catalogue(language), demo_pages(), time.monotonic()
    console.print(words.say("demo.notice"), style="bold yellow")
    rejected = _read(console, pages, words.say("demo.reading", count=len(pages)), where)
    read = tuple(_stored(where))
    _show_counts(console, read, language, time.monotonic() - began)
    if rejected:
        console.print(words.say("demo.rejected", count=rejected), style="red")
    return read


def show(console: Console, read: Sequence[Reading], language: str, where: Workspace) -> None:
    """What most sources report, the timeline, and who did how much to whom by month."""
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.briefing import fact_table, timeline_view  # noqa: PLC0415
    from siaga.serve.cli.counting import pair_table  # noqa: PLC0415

    words = catalogue(language)
    console.rule(words.say("demo.table"))
    console.print(fact_table(read, language, most=TABLE_ROWS))
    console.rule(words.say("timeline.title"))
    console.print(timeline_view(read, language))
    console.rule(words.say("demo.pairs"))
    console.print(pair_table(_counts(where, read), language, most=BUSIEST_PAIRS))


def _read(console: Console, pages: Sequence[Page], what: str, where: Workspace) -> int:
    """Read the pages and store what they say, with a bar that fills meanwhile; how many can't be read."""
    from rich.progress import Progress  # noqa: PLC0415

    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.flow import save_readings  # noqa: PLC0415
    from siaga.store.intake import taking_in  # noqa: PLC0415

    rejected = 0
    with Progress(console=console, transient=True) as progress, taking_in(where) as intake:
        watched = progress.track(pages, total=len(pages), description=what)
        for result in save_readings(watched, intake):
            rejected += isinstance(result, Reject)
    return rejected


def _stored(where: Workspace) -> Iterator[Reading]:
    """The pages of the archive as they are stored, in order of the archive; other articles there are left out."""
    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.collect.article import articles  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.load import load_reading  # noqa: PLC0415

    ids = (article.id for article in articles(demo_pages()) if not isinstance(article, Reject))
    with reading_from(where) as connection:
        for id_ in ids:
            reading = load_reading(connection, id_)
            if reading is not None:
                yield reading


def _counts(where: Workspace, read: Sequence[Reading]) -> tuple[Count, ...]:
    """Stored events by pair and month, from the month of the first page to the day of the last."""
    from siaga.store.analysis import Selection, analysing, count_events  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415

    days = [reading.article.published[:10] for reading in read if reading.article.published]
    chosen = Selection(since=min(days)[:8] + "01", until=max(days))
    with reading_from(where) as connection, analysing(where, connection) as engine:
        return count_events(engine, ("pair", "month"), chosen)


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


def _show_brief(console: Console, language: str, where: Workspace, until: date) -> None:
    from siaga.base.window import DAYS_BACK, days_back  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.brief import SURE_ENOUGH, stored_brief  # noqa: PLC0415
    from siaga.serve.cli.briefing import brief_view  # noqa: PLC0415
    from siaga.store.analysis import Selection  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415

    words, window = catalogue(language), days_back(until)
    with reading_from(where) as connection:
        composed = stored_brief(connection, window, Selection(least_confidence=SURE_ENOUGH), (language, BRIEF_LINES))
    console.rule()
    if composed is None:
        console.print(words.say("brief.none", since=window.since, until=window.until), style="bold yellow")
        return
    console.print(words.say("demo.brief", days=DAYS_BACK, day=words.day(until.isoformat())), style="bold yellow")
    console.print(brief_view(composed))


def _show_next(console: Console, language: str, keep: Path | None) -> None:
    """What to try next: in the workspace that stayed, or how to make one stay."""
    from siaga.base.pack import asset  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words = catalogue(language)
    console.print()
    console.print(words.say("demo.next"), style="bold yellow")
    folder = shlex.quote(str(keep or KEPT))
    if keep is None:
        console.print(f"  siaga demo --keep {folder}", highlight=False)
    for line in TRY_NEXT:
        console.print(f"  siaga {line} -w {folder}", highlight=False)
    console.print(words.say("demo.hint", folder=asset("demo", "pages")), style="dim")

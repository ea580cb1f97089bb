"""`siaga read`: pages in, sourced events out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from siaga.base.garbage import seldom_sought
from siaga.serve.cli.collecting import collecting, collecting_options
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.progress import Progress

    from siaga.base.article import Page, Reject
    from siaga.base.document import Reading
    from siaga.flow import Collect
    from siaga.store.save import Saved
    from siaga.store.workspace import Workspace

__all__ = ["command"]

EXIT_NOTHING_READ = 1
Writer = Callable[[Iterable["Reading"]], int]


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|- ...")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl", "csv", "none"]), default="table",
    show_default=True,
    help="table for people, jsonl for programs (one article a line), csv for spreadsheets (one event a line), "
    "none to --save only.",
)  # fmt: skip
@language_option("the table's headings")
@click.option(
    "--save", "saving", is_flag=True,
    help="Keep what is read in the workspace; what is stored already is not read again.",
)  # fmt: skip
@workspace_option
@collecting_options
def command(  # noqa: PLR0913 - click gives each option by name
    paths: tuple[str, ...], format_: str, language: str | None, workspace: str | None, lane: str,
    *, saving: bool, untrusted: bool,
) -> None:  # fmt: skip
    """Read pages of news: events, quotes and forecasts, each with its sentence.

    PATH is a file or a folder; - is standard input. URL is an article, or a feed or sitemap whose articles are fetched;
    the robots.txt of its server is kept. Plain text, HTML, JSON Lines (one article a line with id and text, optionally
    title, date, source, url, lang), web archives (WARC) and any of these in gzip are recognised by what they hold.
    Results go to standard output; what could not be used goes to standard error, with the reason.

    With --save, articles, events, quotes, forecasts and rejects are also kept in a workspace (siaga init), and a line
    on standard error says how many. Interrupted, the same command goes on where it stopped. What is read in a
    workspace, with --save or with -w alone, is read with its overlay: your own knowledge (siaga overlay).

    \b
    Examples:
      siaga read page.html
      siaga read https://www.example.org/news/an-article
      siaga read news/ more.jsonl.gz --format jsonl > events.jsonl
      cat page.txt | siaga read -
      siaga read news.jsonl --format csv > events.csv
      siaga read news/ --save --format none
      siaga read page.html -w watch/
      siaga read crawl.warc.gz --lane archive --untrusted --format jsonl > events.jsonl

    Exit code: 0 if anything was read or is stored already, 1 if nothing was, 2 for wrong usage, 65 if what is stored
    can't be used, 74 if the output or the store can't be written, 75 if another process is writing to the store,
    130 if interrupted, 141 if whoever reads the output has stopped.
    """  # noqa: D301 - click reads \b
    from siaga.collect.load import is_address, load  # noqa: PLC0415 - `siaga --help` must not load the reader

    if not saving and format_ == "none":
        raise click.UsageError("--format none is for --save; expected --save with it")
    where = the_workspace(workspace) if saving or workspace else None
    if where:
        read_with_overlay(where)
    shown_in = language or preferred_language(os.environ)
    write, standard_input = _writer(format_, shown_in), sys.stdin.buffer if sys.stdin else None
    pages = load(paths, standard_input, partial(_fetched, where))
    with collecting(lane, untrusted=untrusted or any(map(is_address, paths))) as collect:
        asked = Asked(pages, collect, write)
        count = _save(asked, where, shown_in) if where and saving else _show(asked)
    if count == 0:
        sys.exit(EXIT_NOTHING_READ)


def _fetched(where: Workspace | None, urls: Iterable[str]) -> Iterator[Page | Reject]:
    """The pages at addresses, asked for as the workspace is set to."""
    from siaga.base.config import load_config  # noqa: PLC0415 - only where something is fetched
    from siaga.collect.apart import Looking  # noqa: PLC0415
    from siaga.collect.archive import Archive  # noqa: PLC0415
    from siaga.collect.asking import Asking  # noqa: PLC0415
    from siaga.collect.fetch.fetcher import Fetcher  # noqa: PLC0415
    from siaga.collect.web import pages_at  # noqa: PLC0415

    settings = (load_config(None, os.environ) if where is None else where.config).fetch
    keep = Archive(where.archive).keep if where is not None and settings.archive else None
    with Looking() as look:
        yield from pages_at(urls, Asking(Fetcher(settings), look), settings.delay, keep)


class Asked(NamedTuple):
    """What is to be read, how it becomes articles, and what writes the readings."""

    pages: Iterable[Page | Reject]
    collect: Collect
    write: Writer


def _show(asked: Asked) -> int:
    """Read and write; the number of articles read."""
    from siaga.flow import readings  # noqa: PLC0415 - `siaga --help` must not load the reader

    with seldom_sought(), _watched(asked.pages) as watched:
        return asked.write(_only_read(readings(watched, asked.collect)))


def _save(asked: Asked, where: Workspace, language: str) -> int:
    """Read what is not stored yet, write and save it; the number of articles that are stored now."""
    from siaga.flow import save_readings  # noqa: PLC0415
    from siaga.store.intake import taking_in  # noqa: PLC0415

    with taking_in(where) as intake:
        try:
            with seldom_sought(), _watched(asked.pages) as watched:
                asked.write(_only_read(save_readings(watched, intake, asked.collect)))
        finally:
            intake.save_pending()
            _summarise(intake.saved, language)
    return intake.saved.articles + intake.saved.known + intake.saved.kept


def _summarise(saved: Saved, language: str) -> None:
    """What became of the articles, in a line on standard error."""
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words, names = catalogue(language), ("articles", "events", "known", "kept", "rejects")
    counts = {name: words.number(getattr(saved, name)) for name in names}
    for reject in saved.refused:
        _tell(reject)
    click.echo(words.say("save.summary", **counts), err=True)
    if saved.kept:
        click.echo(words.say("save.kept", **counts), err=True)


def _only_read(results: Iterable[Reading | Reject]) -> Iterator[Reading]:
    """The readings; each reject is told on standard error."""
    from siaga.base.article import Reject  # noqa: PLC0415

    for result in results:
        if isinstance(result, Reject):
            _tell(result)
        else:
            yield result


def _tell(reject: Reject) -> None:
    if sys.stderr:  # not click.echo: it would write into the line of progress
        sys.stderr.write(f"rejected {reject.id}: {reject.reason}: {reject.message}\n")


@contextmanager
def _watched(pages: Iterable[Page | Reject]) -> Iterator[Iterable[Page | Reject]]:
    """The same pages; a count and a rate on standard error where a person waits there for what goes elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty() or sys.stdout.isatty():
        yield pages
        return
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    told = TextColumn("{task.completed} pages, {task.fields[rate]:.0f}/s")
    columns = (SpinnerColumn("line"), told, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield _counted(pages, progress)


def _counted(pages: Iterable[Page | Reject], progress: Progress) -> Iterator[Page | Reject]:
    task, began = progress.add_task("", total=None, rate=0.0), time.monotonic()
    for count, page in enumerate(pages, start=1):
        yield page
        progress.update(task, completed=count, rate=count / (time.monotonic() - began))


def _writer(format_: str, language: str) -> Writer:
    from siaga.serve.cli import formats  # noqa: PLC0415

    if format_ == "table":
        return partial(formats.write_table, language=language)
    writers: dict[str, Writer] = {
        "jsonl": formats.write_jsonl, "csv": formats.write_csv, "none": formats.write_nothing,
    }  # fmt: skip
    return writers[format_]

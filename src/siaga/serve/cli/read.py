"""`siaga read`: pages in, sourced events out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import LANGUAGES, preferred_language

if TYPE_CHECKING:
    from rich.progress import Progress

    from siaga.base.article import Page, Reject
    from siaga.base.document import Reading

__all__ = ["command"]

EXIT_NOTHING_READ = 1


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|- ...")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True,
    help="table for people, jsonl for programs (one article a line), csv for spreadsheets (one event a line).",
)  # fmt: skip
@click.option(
    "--lang", "-l", "language", type=click.Choice(LANGUAGES), default=None,
    help="Language of the table's headings; by default that of your terminal (LANG), else English.",
)  # fmt: skip
def command(paths: tuple[str, ...], format_: str, language: str | None) -> None:
    """Read pages of news: events, quotes and forecasts, each with its sentence.

    PATH is a file or a folder; - is standard input. Plain text, HTML, JSON Lines (one article a line with id and
    text, optionally title, date, source, url, lang) and any of these in gzip are recognised by what they hold.
    Results go to standard output; what could not be used goes to standard error, with the reason.

    \b
    Examples:
      siaga read page.html
      siaga read news/ more.jsonl.gz --format jsonl > events.jsonl
      cat page.txt | siaga read -
      siaga read news.jsonl --format csv > events.csv

    Exit code: 0 if anything was read, 1 if nothing was, 2 for wrong usage, 74 if the output can't be written,
    130 if interrupted, 141 if whoever reads the output has stopped.
    """  # noqa: D301 - click reads \b
    from siaga.collect.load import load  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.flow import readings  # noqa: PLC0415

    standard_input = sys.stdin.buffer if sys.stdin else None
    with _watched(load(paths, standard_input)) as pages:
        count = _writer(format_, language or preferred_language(os.environ))(_only_read(readings(pages)))
    if count == 0:
        sys.exit(EXIT_NOTHING_READ)


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


def _writer(format_: str, language: str) -> Callable[[Iterable[Reading]], int]:
    from siaga.serve.cli import formats  # noqa: PLC0415

    if format_ == "table":
        return partial(formats.write_table, language=language)
    return formats.write_jsonl if format_ == "jsonl" else formats.write_csv

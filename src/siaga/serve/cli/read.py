"""`siaga read`: pages in, sourced events out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
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
def command(paths: tuple[str, ...], format_: str) -> None:
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

    Exit code: 0 if anything was read, 1 if nothing was, 2 for wrong usage.
    """  # noqa: D301 - click reads \b
    from siaga.collect.load import load  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.flow import readings  # noqa: PLC0415

    pages = load(paths, sys.stdin.buffer)
    read = _only_read(readings(_with_progress(pages)))
    count = _writer(format_)(read)
    if count == 0:
        sys.exit(EXIT_NOTHING_READ)


def _only_read(results: Iterable[Reading | Reject]) -> Iterator[Reading]:
    """The readings; each reject is told on standard error."""
    from siaga.base.article import Reject  # noqa: PLC0415

    for result in results:
        if isinstance(result, Reject):
            click.echo(f"rejected {result.id}: {result.reason}: {result.message}", err=True)
        else:
            yield result


def _with_progress(pages: Iterable[Page | Reject]) -> Iterator[Page | Reject]:
    """The same pages; a count and a rate on standard error where a person watches there."""
    if not sys.stderr.isatty():
        yield from pages
        return
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.completed} pages, {task.speed:.0f}/s"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for page in pages:
            yield page
            progress.advance(task)


def _writer(format_: str) -> Callable[[Iterable[Reading]], int]:
    from siaga.serve.cli import formats  # noqa: PLC0415

    return {"table": formats.write_table, "jsonl": formats.write_jsonl, "csv": formats.write_csv}[format_]

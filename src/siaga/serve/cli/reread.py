"""`siaga reread`: stored articles read again by the reader that is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, day
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.article import Reject
    from siaga.report.catalogue import Catalogue
    from siaga.store.reread import Reread, Totals
    from siaga.store.workspace import Workspace

__all__ = ["command"]


@click.command("reread")
@click.argument("articles", nargs=-1, metavar="[ARTICLE ...]")
@click.option("--all", "every", is_flag=True, help="Also articles that the installed reader has read already.")
@click.option("--source", multiple=True, metavar="NAME", help="Who published it; repeat for any of several.")
@click.option("--text-language", multiple=True, metavar="LANG", help="Language of the article, e.g. id.")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None, help="First day of publication, inclusive.")
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Last day, inclusive.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs (one article a line).",
)  # fmt: skip
@language_option("what the command says")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    articles: tuple[str, ...],
    source: tuple[str, ...],
    text_language: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    format_: str,
    language: str | None,
    workspace: str | None,
    *,
    every: bool,
    dry_run: bool,
) -> None:
    """Read stored articles again and show what changed.

    Read are the articles that another version of the program or of a language pack has read; what meets all
    conditions, or the articles that are named. Events that read the same stay as they are. The reading that is
    replaced and events that are read no more are kept as history; corrections (siaga correct) are applied again.
    Stories that tell of what changed (siaga link) are told anew.
    Interrupted, the same command goes on where it stopped, except with --all.

    \b
    Examples:
      siaga reread --dry-run
      siaga reread
      siaga reread --text-language id --since 2022-01-01 --format jsonl > changes.jsonl
      siaga reread 55cb060374d1e1a9 --all
    """  # noqa: D301 - click reads \b
    from siaga.flow import readers, reread  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.store.reread import Stale, rereading  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    asked = Stale(
        ids=articles, sources=source, languages=text_language, since=day(since), until=day(until), every=every
    )
    where = the_workspace(workspace)
    read_with_overlay(where)
    with rereading(where, saves=not dry_run) as run:
        for unknown in run.unknown(articles):
            raise click.UsageError(words.say("correct.unknown_article", article=unknown))
        ids = run.stale(asked, readers())
        with _watched(ids, format_, words) as (watched, out):
            totals = _shown(reread(watched, run), format_, words, out)
    if not dry_run:
        _tell_stories(where)
    click.echo(_summary(totals, words, dry_run=dry_run), err=True)


def _tell_stories(where: Workspace) -> None:
    """Tell the stories anew of which articles read otherwise now."""
    from siaga.collect.owners import owners_with  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415
    from siaga.flow import refresh_stories  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.store.stories import shelving  # noqa: PLC0415

    with shelving(where) as shelf:
        for _ in refresh_stories(shelf, owners_with(load_sources(where.sources))):
            continue


def _shown(results: Iterable[Reread | Reject], format_: str, words: Catalogue, out: Console) -> Totals:
    """Show what became of each article; the counts of all."""
    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.serve.cli.changes import show_changes  # noqa: PLC0415 - loads rich
    from siaga.store.reread import Totals  # noqa: PLC0415

    totals = Totals()
    for one in results:
        totals = totals.with_one(one)
        if isinstance(one, Reject):
            sys.stderr.write(f"rejected {one.id}: {one.reason}: {one.message}\n")
        elif format_ == "jsonl":
            sys.stdout.buffer.write(one.to_json() + b"\n")
        else:
            show_changes(one.changes, words, out, " · ".join((one.article.source or "?", one.article.id)))
    return totals


def _summary(totals: Totals, words: Catalogue, *, dry_run: bool) -> str:
    counts = {name: words.number(getattr(totals, name)) for name in totals.__struct_fields__}
    lines = [words.say("reread.tried" if dry_run else "reread.summary", **counts)]
    if totals.corrections:
        lines.append(words.say("reread.corrections", **counts))
    return "\n".join(lines)


@contextmanager
def _watched(ids: Sequence[str], format_: str, words: Catalogue) -> Iterator[tuple[Iterable[str], Console]]:
    """The same articles, and where to tell of them; a bar on standard error where a person waits there.

    Where both outputs are one terminal, what changed is told above the bar, and lines for programs come without one.
    """
    from siaga.serve.cli.changes import console  # noqa: PLC0415 - loads rich

    if sys.stderr is None or not sys.stderr.isatty() or (sys.stdout.isatty() and format_ == "jsonl"):
        yield ids, console()
        return
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=console(stderr=True), transient=True, redirect_stdout=False) as progress:
        out = progress.console if sys.stdout.isatty() else console()
        yield progress.track(ids, description=words.say("reread.progress")), out

"""`siaga link`: which articles are copies, and of what."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language

if TYPE_CHECKING:
    from siaga.base.article import Article, Reject
    from siaga.base.lineage import Linked

__all__ = ["command"]

EXIT_NOTHING_READ = 1


@click.command("link")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|- ...")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs: one article a line.",
)  # fmt: skip
@language_option("the table")
def command(paths: tuple[str, ...], format_: str, language: str | None) -> None:
    """Tell which articles are copies, and of what: exact, edited, reworded, translated, or one agency's text.

    PATH is a file or a folder of what siaga read takes; - is standard input.

    \b
    Examples:
      siaga link news.jsonl
      siaga link news/ --format jsonl > links.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.collect.load import load  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.flow import link  # noqa: PLC0415

    linked = link(_articles(load(paths, sys.stdin.buffer if sys.stdin else None)))
    if not linked.articles:
        sys.exit(EXIT_NOTHING_READ)
    _show(linked, format_, language or preferred_language(os.environ))


def _articles(pages: Iterable[object]) -> Iterator[Article]:
    """The articles; each reject is told on standard error."""
    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.collect.article import articles  # noqa: PLC0415

    for found in articles(pages):  # type: ignore[arg-type]  # pages and rejects, as `load` gives them
        if isinstance(found, Reject):
            _tell(found)
        else:
            yield found


def _tell(reject: Reject) -> None:
    if sys.stderr:
        sys.stderr.write(f"rejected {reject.id}: {reject.reason}: {reject.message}\n")


def _show(linked: Linked, format_: str, language: str) -> None:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.report.lineages import family_lines, link_summary, links_in_order  # noqa: PLC0415

    words = catalogue(language)
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(link.to_json() + b"\n" for link in links_in_order(linked))
    else:
        lines = tuple(family_lines(linked, words))
        click.echo("\n".join(lines) if lines else words.say("link.none"))
    click.echo(link_summary(linked, words), err=True)

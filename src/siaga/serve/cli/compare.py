"""`siaga compare`: two articles side by side, with what they share marked."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from siaga.base.article import Article
    from siaga.report.catalogue import Catalogue
    from siaga.report.compared import Compared

__all__ = ["command"]


@click.command("compare")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["terminal", "html", "json"]), default="terminal",
    show_default=True,
    help="terminal for people, html for a page of its own, json for programs.",
)  # fmt: skip
@click.option(
    "--output", "-o", "output", type=click.Path(dir_okay=False, path_type=Path), default=None,
    help="Write to this file; by default to standard output.",
)  # fmt: skip
@language_option("what is said")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    a: str, b: str, format_: str, output: Path | None, language: str | None, workspace: str | None
) -> None:
    """Put two articles side by side, with the sentences that match and the words they share marked.

    A and B are files with one article each, of what siaga read takes, or ids of stored articles (siaga search). Above
    them stands whether one is a copy of the other, which, and what shows it.

    \b
    Examples:
      siaga compare page.html other.html
      siaga compare 55cb060374d1e1a9 9f86d081884c7d65
      siaga compare page.html other.html --format html -o compared.html

    Exit code: 0 if both were found, 2 if not.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports

    words = catalogue(language or preferred_language(os.environ))
    one, other = (_article(name, workspace, words) for name in (a, b))
    if one.id == other.id:
        raise click.UsageError(words.say("compare.same"))
    _write(_compared(one, other), format_, output, words)


def _article(name: str, workspace: str | None, words: Catalogue) -> Article:
    """The article in a file of this name, or with this id."""
    return _in_file(name) if Path(name).is_file() else _stored(name, workspace, words)


def _in_file(name: str) -> Article:
    from siaga.base.article import Article, Reject  # noqa: PLC0415
    from siaga.collect.article import articles  # noqa: PLC0415
    from siaga.collect.load import load  # noqa: PLC0415

    for found in articles(load((name,), None)):
        if isinstance(found, Article):
            return found
        if isinstance(found, Reject):
            raise click.UsageError(f"{found.id}: {found.reason}: {found.message}")
    raise click.UsageError(f"{name}: expected a file with an article")


def _stored(id_: str, workspace: str | None, words: Catalogue) -> Article:
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.load import load_reading  # noqa: PLC0415

    where = the_workspace(workspace)
    stand_on_overlay(where)
    with reading_from(where) as connection:
        reading = load_reading(connection, id_)
    if reading is None:
        raise click.UsageError(words.say("compare.unknown", id=id_))
    return reading.article


def _compared(one: Article, other: Article) -> Compared:
    from siaga.flow import compared_articles  # noqa: PLC0415
    from siaga.report.compared import Compared  # noqa: PLC0415

    pair, one_story = compared_articles(one, other)
    return Compared(a=one, b=other, pair=pair, one_story=round(one_story, 4))


def _write(compared: Compared, format_: str, output: Path | None, words: Catalogue) -> None:
    from siaga.report.compared import compared_page  # noqa: PLC0415
    from siaga.serve.cli.outputs import written_aside  # noqa: PLC0415

    if format_ == "terminal":
        _show(compared, output, words)
        return
    whole = compared.to_json() + b"\n" if format_ == "json" else compared_page(compared, words).encode()
    if output is None:
        sys.stdout.buffer.write(whole)
        return
    with written_aside(output) as aside:
        if aside is not None:
            aside.write_bytes(whole)


def _show(compared: Compared, output: Path | None, words: Catalogue) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.compared import verdict  # noqa: PLC0415

    target = nullcontext(None) if output is None else output.open("w", encoding="utf-8")
    with target as file:
        console = Console(file=file, highlight=False, markup=False, emoji=False)
        for line in verdict(compared, words):
            console.print(line)
        console.print(_table(compared, words))


def _table(compared: Compared, words: Catalogue) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for article in (compared.a, compared.b):
        table.add_column(_head(article, words), ratio=1)
    table.add_row(*(_text(article, compared) for article in (compared.a, compared.b)))
    return table


def _head(article: Article, words: Catalogue) -> Text:
    from rich.text import Text  # noqa: PLC0415

    from siaga.report.compared import heading  # noqa: PLC0415

    return Text(f"{article.title or words.say('compare.untitled')}\n{heading(article)}")


def _text(article: Article, compared: Compared) -> Text:
    """The text, its matching sentences with their numbers, shared words underlined."""
    from rich.text import Text  # noqa: PLC0415

    from siaga.report.compared import pieces  # noqa: PLC0415

    text, before = Text(), None
    for piece in pieces(article, compared.pair.matches, first=article.id == compared.pair.a):
        if piece.match is not None and piece.match != before:
            text.append(f"[{piece.match}] ", "bold")
        before = piece.match
        style = "" if piece.match is None else ("reverse underline" if piece.shared else "reverse")
        text.append("".join(sign if sign.isprintable() or sign == "\n" else " " for sign in piece.text), style)
    return text

"""`siaga search`: articles by their words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, day
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.text import Text

    from siaga.store.search import Found

__all__ = ["command"]


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None, help="First day of publication, inclusive.")
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Last day, inclusive.")
@click.option("--source", metavar="NAME", default=None, help="Who published it.")
@click.option("--text-language", metavar="LANG", default=None, help="Language of the article, e.g. id.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Articles at the most.")
@click.option("--raw", is_flag=True, help="WORDS are a question in the syntax of SQLite's FTS5.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("what the command says")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    source: str | None,
    text_language: str | None,
    limit: int,
    format_: str,
    language: str | None,
    workspace: str | None,
    *,
    raw: bool,
) -> None:
    """Find stored articles that have all these words in title or text, best first.

    Case and accents make no difference. A phrase stands in quotes, a beginning ends with *. The words found are
    marked.

    \b
    Examples:
      siaga search Riga NATO
      siaga search "laut hitam" mobilis* --since 2021-11-01
      siaga search --raw 'NEAR(pasukan perbatasan, 5) NOT latihan'
    """  # noqa: D301 - click reads \b
    from siaga.store.database import reading_from  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.search import Asked, plain_words, search  # noqa: PLC0415

    asked = Asked(
        words=" ".join(words) if raw else plain_words(" ".join(map(_quoted, words))),
        since=day(since),
        until=day(until),
        source=source,
        language=text_language,
        most=limit,
    )
    with reading_from(the_workspace(workspace)) as connection:
        found = tuple(search(connection, asked))
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
    else:
        _show(found, language or preferred_language(os.environ))


def _quoted(word: str) -> str:
    """A phrase again, whose quotes the shell has taken away."""
    return f'"{word}"' if " " in word.strip() and '"' not in word else word


def _show(found: Iterable[Found], language: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly
    from rich.text import Text  # noqa: PLC0415

    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    words, console = catalogue(language), Console(highlight=False, markup=False, emoji=False)
    shown = 0
    for shown, one in enumerate(found, 1):  # noqa: B007 - counted
        head = one.article
        console.print(Text(head.title or words.say("search.untitled"), "bold underline"))
        console.print(Text(" · ".join((head.source or "?", (head.published or "?")[:10], head.id)), "dim"))
        console.print(_marked(one), Text(""), sep="\n")
    if not shown:
        click.echo(words.say("search.none"), err=True)


def _marked(one: Found) -> Text:
    from rich.text import Text  # noqa: PLC0415

    text = Text(one.snippet)
    for mark in one.marks:
        text.stylize("bold yellow", mark.start, mark.end)
    return text

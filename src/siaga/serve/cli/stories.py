"""`siaga stories`: the stories that are stored."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, PARTY, TYPE, day
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.story import Story
    from siaga.report.catalogue import Catalogue
    from siaga.store.stories import StoryQuestion

__all__ = ["command"]

TABLE_ROWS = 50
"""Rows of a table, unless more are asked for; data for programs is whole."""


class Conditions(TypedDict):
    """What the options give."""

    since: datetime | None
    until: datetime | None
    actor: tuple[str, ...]
    type_: tuple[str, ...]
    source: tuple[str, ...]
    text_language: tuple[str, ...]
    min_articles: int
    min_sources: int


@click.command("stories")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None, help="Told on this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Told on this day or before.")
@click.option("--actor", multiple=True, metavar="CODE", type=PARTY,
              help="A party of what is told: a code (RUS, NATO) or a name; repeat for any of several.")  # fmt: skip
@click.option("--type", "type_", multiple=True, metavar="TYPE", type=TYPE, help="An act it tells of, e.g. ASSAULT.")
@click.option("--source", multiple=True, metavar="NAME", help="Who reports it.")
@click.option("--text-language", multiple=True, metavar="LANG", help="Language of one of its articles, e.g. id.")
@click.option("--min-articles", type=click.IntRange(1), default=1, help="Articles, at the least.")
@click.option("--min-sources", type=click.IntRange(0), default=0, help="Independent sources, at the least.")
@click.option("--limit", type=click.IntRange(1), default=None, help="Rows at the most; a table has 50 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(
    workspace: str | None, limit: int | None, format_: str, language: str | None, **asked: Unpack[Conditions]
) -> None:
    """List the stories that are stored, the latest first.

    A story is what several articles, in any language, tell of one happening; siaga link puts articles into stories.
    Options that are repeated mean any of them; different options must all be met.

    \b
    Examples:
      siaga stories --since 2022-02-01 --min-sources 2
      siaga stories --actor RUS --type ASSAULT --text-language id
      siaga stories --format jsonl > stories.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.stories import list_stories  # noqa: PLC0415

    words, where = catalogue(language or preferred_language(os.environ)), the_workspace(workspace)
    stand_on_overlay(where)
    most = limit or (TABLE_ROWS if format_ == "table" else None)
    with reading_from(where) as connection:
        found = list_stories(connection, _question(asked), most)
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    _show(found, words)
    if limit is None and len(found) == TABLE_ROWS:
        click.echo(words.say("events.more", count=len(found)), err=True)


def _question(asked: Conditions) -> StoryQuestion:
    from siaga.store.stories import StoryQuestion  # noqa: PLC0415

    return StoryQuestion(
        since=day(asked["since"]), until=day(asked["until"]), least_articles=asked["min_articles"],
        least_sources=asked["min_sources"], sources=asked["source"], languages=asked["text_language"],
        types=asked["type_"], codes=asked["actor"],
    )  # fmt: skip


def _show(found: Iterable[Story], words: Catalogue) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words.say("story.column_days"))
    table.add_column(words.say("story.column_story"), ratio=1)
    for name in ("articles", "texts", "sources"):
        table.add_column(words.say(f"story.column_{name}"), justify="right")
    for one in found:
        days = "\n".join(dict.fromkeys(filter(None, (one.first, one.last)))) or "?"
        title = f"{one.title or words.say('story.untitled')}\n{one.id}"
        counts = (len(one.articles), one.lineages, one.independent_sources)
        table.add_row(days, Text(title), *map(words.number, counts))
    if table.row_count:
        Console(highlight=False, markup=False, emoji=False).print(table)
    else:
        click.echo(words.say("story.none"), err=True)

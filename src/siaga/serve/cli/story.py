"""`siaga story`: what one story tells, and on whose word."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.document import Reading
    from siaga.report.catalogue import Catalogue
    from siaga.report.stories import StoryPage
    from siaga.store.connection import Connection

__all__ = ["command"]


@click.command("story")
@click.argument("id_", metavar="ID")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
    help="terminal for people, json for programs.",
)  # fmt: skip
@language_option("what is said")
@workspace_option
def command(id_: str, format_: str, language: str | None, workspace: str | None) -> None:
    """Show a story: what happened, on whose word, in which sentences, and what contradicts.

    ID is that of a story (siaga stories) or of an article in it. Every act is merged from all articles that tell it;
    sources are counted when copies, wires and common owners are merged. Nothing is written that no article says.

    \b
    Examples:
      siaga story 9f86d081884c7d65
      siaga story 55cb060374d1e1a9 --format json

    Exit code: 0 if it was found, 2 if there is no such story.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports
    from siaga.store.database import reading_from  # noqa: PLC0415

    words, where = catalogue(language or preferred_language(os.environ)), the_workspace(workspace)
    stand_on_overlay(where)
    with reading_from(where) as connection:
        page, readings = _page(connection, id_, words)
    if format_ == "json":
        sys.stdout.buffer.write(page.to_json() + b"\n")
    else:
        _show(page, readings, words)


def _page(connection: Connection, id_: str, words: Catalogue) -> tuple[StoryPage, tuple[Reading, ...]]:
    from siaga.serve.told import story_page  # noqa: PLC0415
    from siaga.store.load import load_reading  # noqa: PLC0415

    found = story_page(connection, id_)
    if found is None:
        known = load_reading(connection, id_) is not None
        raise click.UsageError(words.say("story.unlinked" if known else "story.unknown", id=id_))
    return found


def _show(page: StoryPage, readings: tuple[Reading, ...], words: Catalogue) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.stories import story_lines  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    for line in story_lines(page, readings, words):
        console.print("".join(sign if sign.isprintable() else " " for sign in line), soft_wrap=False)

"""`siaga forget`: articles and sources taken down, and what is older than it is to be kept."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.gathered import plain
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siaga.report.catalogue import Catalogue
    from siaga.store.connection import Connection
    from siaga.store.forget import Doomed
    from siaga.store.workspace import Workspace

__all__ = ["command"]

EXIT_NOTHING = 1


@click.command("forget")
@click.argument("named", nargs=-1, metavar="[ID|URL|SOURCE] ...")
@click.option("--expired", is_flag=True, help="What is older than siaga.toml says it is to be kept ([retention]).")
@click.option("--yes", "-y", "sure", is_flag=True, help="Don't ask.")
@language_option("what is asked and told")
@workspace_option
def command(workspace: str | None, named: tuple[str, ...], language: str | None, *, expired: bool, sure: bool) -> None:
    """Take articles down: text, title, sentences, quotes and earlier versions go from the database, the index of
    words, the segments and the archive. A tombstone stays, so that they are not fetched or saved again.

    ID is an article's, URL an address of one, SOURCE the name of a file in sources/ whose articles all go. It can't
    be undone, and copies elsewhere (backups, exports) are yours to remove.

    \b
    Examples:
      siaga forget 55cb060374d1e1a9
      siaga forget https://www.example.org/news/an-article --yes
      siaga forget --expired
    """  # noqa: D301 - click reads \b; the sentence is long
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.database import writing_to  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    if not named and not expired:
        raise click.UsageError(words.say("gather.forget_what"))
    unknown = 0
    with writing_to(where) as connection:
        for one in named:
            unknown += _take_down(where, connection, one, (words, sure))
        if expired:
            _expire(where, connection, words)
    if unknown:
        sys.exit(EXIT_NOTHING)


def _take_down(where: Workspace, connection: Connection, named: str, how: tuple[Catalogue, bool]) -> int:
    """Take down what is named, if whoever asks is sure; 1 if there is nothing of that name."""
    from siaga.collect.archive import cut_out  # noqa: PLC0415
    from siaga.store.database import now  # noqa: PLC0415
    from siaga.store.forget import doomed, forget  # noqa: PLC0415

    words, sure = how
    what = doomed(connection, named, _source_named(where, named))
    if what.is_empty:
        click.echo(words.say("gather.no_article", named=plain(named)), err=True)
        return 1
    if not sure and not click.confirm(_question(what, named, words), err=True):
        return 0
    # The archive first: cut short after it, the same command still knows the addresses of what it is to take down.
    cut = cut_out(where.archive, frozenset(what.urls)) if where.archive.is_dir() else 0
    _unlink(where, connection, what.articles)
    count = forget(where, connection, what, now())
    if what.source:
        (where.sources / f"{what.source}.toml").unlink(missing_ok=True)
    click.echo(words.say("gather.forgotten", named=plain(named), articles=words.number(count), records=cut))
    return 0


def _unlink(where: Workspace, connection: Connection, articles: Sequence[str]) -> None:
    """Tell lineages and stories without these articles: a story must not go on quoting what is taken down."""
    from siaga.collect.owners import owners_with  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415
    from siaga.flow import unlink  # noqa: PLC0415 - loads the reader
    from siaga.store.lineages import Linking  # noqa: PLC0415
    from siaga.store.stories import StoryShelf  # noqa: PLC0415

    owner_of = owners_with(load_sources(where.sources))
    unlink(Linking(where, connection), StoryShelf(connection), articles, owner_of)


def _source_named(where: Workspace, named: str) -> str | None:
    is_name = "/" not in named and (where.sources / f"{named}.toml").is_file()
    return named if is_name else None


def _question(what: Doomed, named: str, words: Catalogue) -> str:
    return words.say("gather.sure", named=plain(named), articles=words.number(len(what.articles)))


def _expire(where: Workspace, connection: Connection, words: Catalogue) -> None:
    """Remove what is older than it is to be kept."""
    from siaga.serve.gathering.retaining import retain  # noqa: PLC0415

    click.echo(words.say("gather.expired", **retain(where, connection, datetime.now(UTC))._asdict()))

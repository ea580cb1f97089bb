"""`siaga link`: which articles are copies, and of what, and which tell one story."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.article import Article, Page, Reject
    from siaga.base.lineage import Lineage
    from siaga.base.record import Record
    from siaga.base.story import Incident, Story
    from siaga.report.catalogue import Catalogue
    from siaga.report.lineages import Headed
    from siaga.store.workspace import Workspace

__all__ = ["command"]

EXIT_NOTHING_READ = 1


@click.command("link")
@click.argument("paths", nargs=-1, metavar="[PATH|- ...]")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs: one article, story or incident a line.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(paths: tuple[str, ...], format_: str, language: str | None, workspace: str | None) -> None:
    """Tell which articles are copies, and of what, and which tell one story.

    Copies are found whether they are exact, edited (cut, added to, put in another order), reworded, translated between
    Indonesian and English, or print one agency's text; each with what it was probably made from.

    Articles about one happening, in any language, are a story (siaga stories, siaga story); the acts they tell of are
    merged into incidents, with what agrees and what contradicts.

    PATH is a file or a folder of what siaga read takes; - is standard input. Without PATH, the articles of the
    workspace that are not linked yet are linked and kept so, and all of them are shown. Interrupted, the same command
    goes on where it stopped.

    \b
    Examples:
      siaga link news.jsonl
      siaga link news/ --format jsonl > links.jsonl
      siaga link -w watch/

    Exit code: 0 if anything was linked or is linked already, 1 if there was nothing, else as siaga read.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports

    words = catalogue(language or preferred_language(os.environ))
    if paths and workspace:
        raise click.UsageError(words.say("link.either"))
    found = _link_paths(paths) if paths else _link_workspace(the_workspace(workspace))
    if not found.heads:
        click.echo(words.say("link.nothing"), err=True)
        sys.exit(EXIT_NOTHING_READ)
    _show(found, format_, words)


class Found(NamedTuple):
    """What was linked."""

    heads: Sequence[Headed]
    lineages: Sequence[Lineage]
    stories: Sequence[Story]
    incidents: Sequence[Incident]


def _link_paths(paths: Sequence[str]) -> Found:
    from siaga.collect.load import load  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.flow import link, stories  # noqa: PLC0415

    linked = link(_articles(load(paths, sys.stdin.buffer if sys.stdin else None)))
    told = stories(linked.articles, linked.lineages)
    return Found(linked.articles, linked.lineages, told.stories, told.incidents)


def _link_workspace(where: Workspace) -> Found:
    from siaga.collect.owners import owners_with  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415
    from siaga.flow import link_stored, story_stored  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.lineages import linked_heads, linking, load_lineages  # noqa: PLC0415
    from siaga.store.stories import load_all_incidents, load_all_stories, shelving  # noqa: PLC0415

    stand_on_overlay(where)
    with linking(where) as run:
        for _ in link_stored(run):
            continue
    with shelving(where) as shelf:
        for _ in story_stored(shelf, owners_with(load_sources(where.sources))):
            continue
    with reading_from(where) as connection:
        return Found(
            tuple(linked_heads(connection)), tuple(load_lineages(connection)), tuple(load_all_stories(connection)),
            tuple(load_all_incidents(connection)),
        )  # fmt: skip


def _articles(pages: Iterable[Page | Reject]) -> Iterator[Article]:
    """The articles; each reject is told on standard error."""
    from siaga.base.article import Reject  # noqa: PLC0415
    from siaga.collect.article import articles  # noqa: PLC0415

    for found in articles(pages):
        if isinstance(found, Reject):
            _tell(found)
        else:
            yield found


def _tell(reject: Reject) -> None:
    if sys.stderr:
        sys.stderr.write(f"rejected {reject.id}: {reject.reason}: {reject.message}\n")


def _show(found: Found, format_: str, words: Catalogue) -> None:
    from siaga.report.lineages import family_lines, link_summary  # noqa: PLC0415

    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in _lines(found))
    else:
        click.echo("\n".join(family_lines(found.heads, found.lineages, words)) or words.say("link.none"))
    click.echo(link_summary(found.lineages, words), err=True)
    told_by_many = sum(len(story.articles) > 1 for story in found.stories)
    counts = {"stories": len(found.stories), "many": told_by_many, "incidents": len(found.incidents)}
    click.echo(words.say("story.summary", **{name: words.number(count) for name, count in counts.items()}), err=True)


def _lines(found: Found) -> Iterator[Record]:
    """Where each article stands, then the stories, then the incidents."""
    from siaga.report.lineages import links_in_order  # noqa: PLC0415

    story_of = {article: story.id for story in found.stories for article in story.articles}
    for link in links_in_order(found.heads, found.lineages):
        yield link.replace(story=story_of.get(link.id))
    yield from found.stories
    yield from found.incidents

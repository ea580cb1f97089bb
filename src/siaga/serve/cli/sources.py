"""`siaga sources`: where articles come from: added, listed, shown, brought in and out, checked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.faring import check, show, status
from siaga.serve.cli.gathered import chosen_sources, plain
from siaga.serve.cli.languages import language_option
from siaga.serve.cli.sources_told import format_option, tell_lines, tell_table, words_in
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.source import Source
    from siaga.collect.discover import Discovery
    from siaga.report.catalogue import Catalogue
    from siaga.store.workspace import Workspace

__all__ = ["command"]

EXIT_FAULTS = 1


@click.group("sources")
def command() -> None:
    """Manage the sources of a workspace: one file each in sources/, made by `add`, changed with any editor.

    \b
    Examples:
      siaga sources add https://www.antaranews.com/
      siaga sources list
      siaga sources status
    """  # noqa: D301 - click reads \b


for told in (check, show, status):
    command.add_command(told)


@command.command("add")
@click.argument("urls", nargs=-1, required=True, metavar="URL ...")
@click.option("--id", "id_", metavar="NAME", default=None, help="Name of its file; by default made from the address.")
@click.option("--name", default=None, help="What it is called; by default what its page says, or the catalogue.")
@click.option("--owner", default=None, help="The group it belongs to: sources of one owner are not independent.")
@click.option("--country", metavar="CODE", default=None, help="ISO 3166-1 alpha-3.")
@language_option("what is told")
@workspace_option
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    urls: tuple[str, ...],
    id_: str | None,
    name: str | None,
    owner: str | None,
    country: str | None,
    language: str | None,
) -> None:
    """Add a source: its feeds, news sitemaps and section pages are found by themselves.

    URL is a front page, or a feed or sitemap; a name of the catalogue (siaga sources list --catalogue) will do, too.

    \b
    Examples:
      siaga sources add https://www.antaranews.com/
      siaga sources add https://news.example.org/rss --owner "Example Group" --country IDN
      siaga sources add tempo
    """  # noqa: D301 - click reads \b
    from siaga.base.errors import RejectError  # noqa: PLC0415

    if len(urls) > 1 and (id_ or name):
        raise click.UsageError("--id and --name are for one URL")
    where, words = the_workspace(workspace), words_in(language)
    faults = 0
    for url in urls:
        try:
            found = _discovered(where, _address(url, words))
        except RejectError as error:
            click.echo(words.say("gather.not_found", url=url, reason=error.code, message=plain(str(error))), err=True)
            faults += 1
            continue
        faults += _add(where, found, {"id": id_, "name": name, "owner": owner, "country": country}, words)
    if faults:
        sys.exit(EXIT_FAULTS)


@command.command("list")
@click.option("--catalogue", "known", is_flag=True, help="What Siaga knows, whether you have added it or not.")
@format_option
@language_option("the table")
@workspace_option
def list_(workspace: str | None, format_: str, language: str | None, *, known: bool) -> None:
    """List the sources, with owner and how many feeds, sitemaps and sections each has.

    \b
    Examples:
      siaga sources list
      siaga sources list --catalogue
    """  # noqa: D301 - click reads \b
    from siaga.collect.sources import catalogued, load_sources  # noqa: PLC0415

    words = words_in(language)
    if known:
        rows = [(one.id, one.name, one.owner or "", one.country or "", one.host) for one in catalogued()]
        if format_ == "jsonl":
            tell_lines(catalogued())
        else:
            tell_table(("id", "name", "owner", "country", "host"), rows, words)
        return
    sources = load_sources(the_workspace(workspace).sources)
    if format_ == "jsonl":
        tell_lines(sources)
    elif not sources:
        click.echo(words.say("gather.no_sources"), err=True)
    else:
        rows = [(one.id, one.name, one.owner or "", one.country or "", _lists(one)) for one in sources]
        tell_table(("id", "name", "owner", "country", "lists"), rows, words)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.opml")
@language_option("what is told")
@workspace_option
def import_(workspace: str | None, file: Path, language: str | None) -> None:
    """Add the feeds of another reader's list (OPML); feeds that are there already are left as they are.

    \b
    Examples:
      siaga sources import subscriptions.opml
    """  # noqa: D301 - click reads \b
    from siaga.base.errors import RejectError  # noqa: PLC0415
    from siaga.collect.opml import from_opml  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415

    where, words = the_workspace(workspace), words_in(language)
    before = load_sources(where.sources)
    feeds = {feed for source in before for feed in source.feeds}
    try:
        found = from_opml(file.read_bytes(), (source.id for source in before))
    except RejectError as error:
        raise click.ClickException(f"{file}: {error}") from error
    new = [source for source in found if not feeds.issuperset(source.feeds)]
    for source in new:
        _write(where, source)
    click.echo(words.say("gather.imported", new=len(new), known=len(found) - len(new)), err=True)


@command.command("export")
@click.option(
    "--output", "-o", "output", metavar="FILE", default=None, type=click.Path(dir_okay=False, path_type=Path),
    help="By default standard output.",
)  # fmt: skip
@workspace_option
def export(workspace: str | None, output: Path | None) -> None:
    """Write the feeds as a list that other readers know (OPML).

    \b
    Examples:
      siaga sources export -o feeds.opml
    """  # noqa: D301 - click reads \b
    from siaga.collect.opml import to_opml  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415
    from siaga.serve.cli.outputs import written_aside  # noqa: PLC0415

    written = to_opml(load_sources(the_workspace(workspace).sources))
    with written_aside(output) as target:
        if target is None:
            sys.stdout.buffer.write(written)
        else:
            target.write_bytes(written)


@command.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE ...")
@language_option("what is told")
@workspace_option
def remove(workspace: str | None, names: tuple[str, ...], language: str | None) -> None:
    """Remove sources: nothing more is fetched from them. What was read stays; siaga forget takes it down.

    \b
    Examples:
      siaga sources remove example
    """  # noqa: D301 - click reads \b
    where, words = the_workspace(workspace), words_in(language)
    for source in chosen_sources(where, names, words):
        (where.sources / f"{source.id}.toml").unlink()
        click.echo(words.say("gather.removed", id=source.id))


def _address(named: str, words: Catalogue) -> str:
    """The address that is named, or that of an outlet of the catalogue."""
    from siaga.collect.sources import catalogued  # noqa: PLC0415

    if "://" in named:
        return named
    known = {outlet.id: outlet for outlet in catalogued()}
    if named in known:
        feeds = (known[named].feeds or "").split("|")
        return feeds[0] or f"https://{known[named].host}/"
    if "." in named:
        return f"https://{named}/"
    raise click.UsageError(words.say("gather.no_address", named=named))


def _discovered(where: Workspace, url: str) -> Discovery:
    from siaga.collect.apart import Looking  # noqa: PLC0415
    from siaga.collect.asking import Asking  # noqa: PLC0415
    from siaga.collect.discover import discover  # noqa: PLC0415
    from siaga.collect.fetch.fetcher import Fetcher  # noqa: PLC0415

    with Looking() as look:
        return discover(Asking(Fetcher(where.config.fetch), look), url)


def _add(where: Workspace, found: Discovery, given: dict[str, str | None], words: Catalogue) -> int:
    """Write the file of what was found; 1 if nothing was."""
    from siaga.collect.sources import load_sources, source_from  # noqa: PLC0415

    if found.is_empty:
        click.echo(words.say("gather.nothing", url=found.home), err=True)
        return 1
    taken = {source.id: source for source in load_sources(where.sources)}
    source = source_from(found, frozenset(taken), given)
    lists = {*source.feeds, *source.sitemaps, *source.sections}
    for other in taken.values():
        if lists & {*other.feeds, *other.sitemaps, *other.sections}:
            click.echo(words.say("gather.known", id=other.id), err=True)
            return 0
    if source.id in taken:
        raise click.UsageError(words.say("gather.taken", id=source.id))
    _write(where, source)
    click.echo(words.say("gather.added", id=source.id, name=plain(source.name), lists=_lists(source)))
    return 0


def _write(where: Workspace, source: Source) -> None:
    from siaga.collect.sources import source_text  # noqa: PLC0415
    from siaga.serve.cli.outputs import written_aside  # noqa: PLC0415

    where.sources.mkdir(exist_ok=True)
    with written_aside(where.sources / f"{source.id}.toml") as target:
        assert target is not None  # noqa: S101 - a file was named
        target.write_text(source_text(source), "utf-8")


def _lists(source: Source) -> str:
    return f"{len(source.feeds)} / {len(source.sitemaps)} / {len(source.sections)}"

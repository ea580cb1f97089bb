"""`siaga article`: one stored article, and how it was edited."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.gathered import plain
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.report.catalogue import Catalogue
    from siaga.store.versions import Version

__all__ = ["command"]

STYLES = {"+": "green", "-": "red"}


@click.command("article")
@click.argument("named", metavar="ID|URL")
@click.option("--versions", is_flag=True, help="Its earlier texts, and what changed from each to the next.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@language_option("the headings")
@workspace_option
def command(workspace: str | None, named: str, format_: str, language: str | None, *, versions: bool) -> None:
    """Show a stored article: its text, or with --versions how its outlet edited or withdrew it.

    ID is as siaga search gives it; URL is where it was fetched.

    \b
    Examples:
      siaga article 55cb060374d1e1a9
      siaga article https://www.example.org/news/an-article --versions
    """  # noqa: D301 - click reads \b
    import msgspec  # noqa: PLC0415 - `siaga --help` must not load records

    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.forget import doomed  # noqa: PLC0415
    from siaga.store.load import load_reading  # noqa: PLC0415
    from siaga.store.versions import load_versions  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    with reading_from(the_workspace(workspace)) as connection:
        ids = doomed(connection, named).articles
        read = load_reading(connection, ids[0]) if ids else None
        texts = load_versions(connection, ids[0]) if ids else ()
    if read is None:
        raise click.UsageError(words.say("gather.no_article", named=plain(named)))
    if format_ == "json":
        shown = {"article": read.article, "versions": texts} if versions else {"article": read.article}
        sys.stdout.buffer.write(msgspec.json.encode(shown) + b"\n")
        return
    article = read.article
    click.echo(plain(article.title or "?"))
    click.echo(" · ".join(plain(one) for one in (article.source, article.published, article.id, article.url) if one))
    if versions:
        _show(texts, words)
    else:
        click.echo("")
        for line in article.text.split("\n"):
            click.echo(plain(line))


def _show(texts: tuple[Version, ...], words: Catalogue) -> None:
    """Each text, what changed in it, and what came after."""
    for one in texts:
        key = "gather.version_current" if one.moment is None else f"gather.version_{one.kind}"
        click.echo(f"\n{words.say(key, number=one.number, moment=one.moment or '')}")
        for line in one.changes:
            click.echo(click.style(plain(line), fg=STYLES.get(line[:1])))

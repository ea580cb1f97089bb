"""`siaga overlay`: a user's own actors, places, words and rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import LANGUAGES, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.article import Article
    from siaga.base.document import Reading
    from siaga.base.overlay import Overlay
    from siaga.extract.checks.files import Fault
    from siaga.report.catalogue import Catalogue

__all__ = ["command"]

EXIT_FAULTS = 1


@click.group("overlay")
def command() -> None:
    """Your own actors, places, words and rules, in the folder overlay/ of a workspace.

    The files have the shape of those that come with Siaga. A row adds; one with the key of a row of ours takes its
    place; one with `remove` takes ours away. What is read in the workspace from then on is read with them.

    \b
    Examples:
      siaga overlay init
      siaga overlay try "Laskar Rawa Biru menggempuh pos polisi di Waimiting."
      siaga overlay check
    """  # noqa: D301 - click reads \b


@command.command("init")
@click.argument("names", nargs=-1, metavar="[FILE]...")
@workspace_option
def init(names: tuple[str, ...], workspace: str | None) -> None:
    """Lay out files with commented examples; what is there stays as it is.

    FILE names one of the other files of knowledge, as in `siaga overlay init lang/id/lexicon/status.csv`: it is made
    with its columns and a few rows of ours to go by.

    \b
    Examples:
      siaga overlay init
      siaga overlay init lang/id/lexicon/status.csv
    """  # noqa: D301 - click reads \b
    from siaga.store.overlay import lay_out_file, lay_out_overlay  # noqa: PLC0415 - `siaga --help` must not load it

    folder = the_workspace(workspace).overlay
    made = [lay_out_file(folder, name) for name in names] if names else lay_out_overlay(folder)
    click.echo(_words().say("overlay.made", folder=folder, count=sum(map(bool, made))))


@command.command("check")
@workspace_option
def check(workspace: str | None) -> None:
    """Check all of it: records, codes, forms, and every hit and miss, yours and ours.

    What keeps the overlay from being read with is told first, with file and line. Then all examples of all rules are
    read with it: yours must hold, and of ours those that hold without it. Exit code 1 if anything is wrong.

    \b
    Examples:
      siaga overlay check
      siaga overlay check -w watch/
    """  # noqa: D301 - click reads \b
    from siaga.extract.checks.entries import entries  # noqa: PLC0415

    overlay = _overlay(workspace)
    faults, words = _faults(overlay), _words()
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(words.say("overlay.faults", count=words.number(len(faults))), err=True)
        sys.exit(EXIT_FAULTS)
    count = sum(1 for _ in entries(overlay))
    click.echo(words.say("overlay.sound" if count else "overlay.empty", count=words.number(count)))


@command.command("list")
@workspace_option
def list_(workspace: str | None) -> None:
    """Show what it adds, replaces and removes, and the forms in which words of events are found.

    \b
    Examples:
      siaga overlay list
    """  # noqa: D301 - click reads \b
    from siaga.base.ground import use_overlay  # noqa: PLC0415
    from siaga.extract.checks.entries import entries  # noqa: PLC0415
    from siaga.extract.checks.own import require_sound  # noqa: PLC0415

    overlay, words = _overlay(workspace), _words()
    require_sound(overlay)
    use_overlay(overlay)
    rows = [(one.place, words.say(f"overlay.{one.does}"), one.what) for one in entries(overlay)]
    if not rows:
        click.echo(words.say("overlay.empty"))
        return
    _table([words.say(f"overlay.{name}") for name in ("where", "does", "what")], rows)


@command.command("try")
@click.argument("text", metavar="TEXT")
@click.option(
    "--lang", "-l", "language", type=click.Choice(LANGUAGES), default=None,
    help="Language of the text; found out if it is not given.",
)  # fmt: skip
@workspace_option
def try_(text: str, language: str | None, workspace: str | None) -> None:
    """Read a text without your overlay and with it, and show both where they differ.

    Then come the words that may tell of an event, with the rule they stand under and how probable the models hold it
    here: a word of yours that they don't take for one may need `sure` in its row.

    \b
    Examples:
      siaga overlay try "Warga menggempuh kantor bupati di Waimiting pada Senin."
      siaga overlay try "Residents held a road sit-down in Jakarta." --lang en
    """  # noqa: D301 - click reads \b
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.base.article import Article  # noqa: PLC0415
    from siaga.base.ground import standing_on  # noqa: PLC0415
    from siaga.base.overlay import NO_OVERLAY  # noqa: PLC0415
    from siaga.extract.checks.own import require_sound  # noqa: PLC0415
    from siaga.flow import read_article  # noqa: PLC0415

    overlay = _overlay(workspace)
    require_sound(overlay)
    article = Article(id="overlay/try", text=text, language=language, published=f"{datetime.now(UTC):%Y-%m-%d}")
    with standing_on(NO_OVERLAY):
        before = read_article(article)
    with standing_on(overlay):
        _show_both(Console(highlight=False, markup=False, emoji=False), before, read_article(article))
        _show_weighed(article)


def _show_both(console: Console, before: Reading, after: Reading) -> None:
    from siaga.serve.cli.table import render  # noqa: PLC0415

    words = _words()
    if _said(before) == _said(after):
        console.print(words.say("overlay.same"), *render(after, console.width, words), sep="\n")
        return
    for name, reading in (("without", before), ("with", after)):
        console.rule(words.say(f"overlay.{name}"), align="left")
        console.print(*render(reading, console.width, words), sep="\n")


def _said(reading: Reading) -> tuple[object, ...]:
    return reading.events, reading.quotes, reading.forecasts, reading.article.language


def _show_weighed(article: Article) -> None:
    from siaga.extract.coder.decide import TRIGGER_THRESHOLD  # noqa: PLC0415
    from siaga.flow import weighed_words  # noqa: PLC0415

    if weighed := tuple(weighed_words(article)):
        click.echo(_words().say("overlay.weighed", least=f"{TRIGGER_THRESHOLD:.2f}") + ":")
        for word, rule, probability in weighed:
            click.echo(f"  {probability:.2f}  {word}  {rule}")


def _faults(overlay: Overlay) -> Sequence[Fault]:
    """What keeps an overlay from being read with; where nothing does, what it reads otherwise than it should."""
    from siaga.extract.checks.own import broken_examples, idle_rows, unsound  # noqa: PLC0415
    from siaga.flow import annotate  # noqa: PLC0415

    if faults := unsound(overlay):
        return faults
    return (*idle_rows(overlay), *broken_examples(overlay, annotate)) if overlay.fingerprint else ()


def _overlay(workspace: str | None) -> Overlay:
    from siaga.base.overlay import load_overlay  # noqa: PLC0415
    from siaga.base.pack import languages  # noqa: PLC0415

    return load_overlay(the_workspace(workspace).overlay, languages())


def _words() -> Catalogue:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    return catalogue(preferred_language(os.environ))


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False, markup=False, emoji=False).print(table)

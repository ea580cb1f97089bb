"""`siaga corrections`: what analysts corrected, listed or exported as labels."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.document import Reading
    from siaga.report.catalogue import Catalogue
    from siaga.store.corrections import Kept

__all__ = ["command"]


@click.command("corrections")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl", "labels"]), default="table", show_default=True,
    help="table for people, jsonl for programs (one correction a line), labels to train on (one article a line).",
)  # fmt: skip
@click.option("--text-language", default=None, metavar="LANG", help="Only of articles in this language, e.g. id.")
@language_option("what the command says")
@workspace_option
def command(format_: str, text_language: str | None, language: str | None, workspace: str | None) -> None:
    """List what analysts corrected, oldest article first, or export it as labels.

    Labels are the corrected sentences with their events as they stand, by article id and offsets, without any text:
    what models of the reader are trained on. Corrections that were undone are listed, but are no labels.

    \b
    Examples:
      siaga corrections
      siaga corrections --format jsonl > corrections.jsonl
      siaga corrections --format labels --text-language id > labels.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.corrections import all_corrections  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    with reading_from(the_workspace(workspace)) as connection:
        found = (
            (reading, kept)
            for reading, kept in all_corrections(connection)
            if text_language in {None, reading.article.language}
        )
        if format_ == "labels":
            _write_labels(found, words)
        elif format_ == "jsonl":
            sys.stdout.buffer.writelines(one.to_json() + b"\n" for _, kept in found for one in kept)
        else:
            _show(found, words)


def _write_labels(found: Iterable[tuple[Reading, tuple[Kept, ...]]], words: Catalogue) -> None:
    from siaga.report.labels import labels_of  # noqa: PLC0415

    titles = 0
    for reading, kept in found:
        in_force = [one.correction for one in kept if one.state != "undone"]
        titles += sum(one.part == "title" for one in in_force)
        if labels := labels_of(reading, in_force):
            sys.stdout.buffer.write(labels.to_json() + b"\n")
    if titles:
        click.echo(words.say("corrections.titles", count=titles), err=True)


def _show(found: Iterable[tuple[Reading, tuple[Kept, ...]]], words: Catalogue) -> None:
    from siaga.serve.cli.changes import console, show_correction  # noqa: PLC0415 - loads rich

    out, shown = console(), 0
    for _, kept in found:
        for one in kept:
            shown += 1
            show_correction(one, words, out)
    if not shown:
        click.echo(words.say("corrections.none"), err=True)

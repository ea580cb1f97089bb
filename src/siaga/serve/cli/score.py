"""`siaga score`: how well what is read agrees with what people coded."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.document import Reading
    from siaga.report.catalogue import Catalogue
    from siaga.report.scored import ScoreTable
    from siaga.report.scoring import Score

__all__ = ["command"]

EXIT_NOTHING_READ = 1
file_here = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("score")
@click.argument("gold", type=file_here, metavar="GOLD.json")
@click.argument("articles", required=False, metavar="[ARTICLES]")
@click.option(
    "--coded", type=file_here, metavar="CODED.jsonl",
    help="What siaga read --format jsonl wrote, instead of reading ARTICLES now.",
)  # fmt: skip
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@click.option(
    "--misses", type=click.IntRange(0), default=0, show_default=True, metavar="N",
    help="Show so many disagreements, each with its sentence.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    gold: Path, articles: str | None, coded: Path | None, format_: str, misses: int, language: str | None,
    workspace: str | None,
) -> None:  # fmt: skip
    """Measure the reader on sentences that people coded.

    GOLD.json holds articles with hand-coded sentences (docs/evaluation.md shows the format); ARTICLES is what siaga
    read takes, a file or a folder or - for standard input, with the same ids. Shown are precision, recall and F1 of
    sentences, types, parties and whole facts, false alarms, status, place, day and quotes, by status and by type.

    With -w, articles are read with the overlay of that workspace: does your own knowledge help?

    \b
    Examples:
      siaga score gold.json news.jsonl
      siaga score gold.json news.jsonl --misses 20
      siaga read news.jsonl --format jsonl > coded.jsonl; siaga score gold.json --coded coded.jsonl
      siaga score gold.json news.jsonl --format json | jq .fact.f1
      siaga score gold.json news.jsonl -w watch/

    Exit code: 0 if figures were reckoned, 1 if no article was read, 2 for wrong usage, 65 if GOLD.json or CODED.jsonl
    is not what was expected.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.report.gold import load_gold  # noqa: PLC0415
    from siaga.report.scoring import score  # noqa: PLC0415

    documents = load_gold(gold)
    readings = _readings(articles, coded, workspace)
    if not readings:
        sys.exit(EXIT_NOTHING_READ)
    result = score(documents, readings)
    if format_ == "json":
        sys.stdout.buffer.write(result.replace(misses=result.misses[:misses]).to_json() + b"\n")
        return
    words = catalogue(language or preferred_language(os.environ))
    click.echo(words.say("score.title", gold=gold.name, articles=words.number(len(documents))))
    _show(result, words)
    _show_misses(result, misses, words)


def _readings(articles: str | None, coded: Path | None, workspace: str | None) -> Mapping[str, Reading]:
    """What is read of the articles, or what was, by the id of the article."""
    from siaga.report.gold import load_coded  # noqa: PLC0415 - `siaga --help` must not load records

    if coded is not None and articles is None:
        return load_coded(coded)
    if articles is None or coded is not None:
        raise click.UsageError("expected either ARTICLES, which are read now, or --coded CODED.jsonl")
    if workspace:
        read_with_overlay(the_workspace(workspace))
    return {reading.article.id: reading for reading in _read(articles)}


def _read(articles: str) -> Iterator[Reading]:
    """The articles as read now; what can't be used is told on standard error."""
    from siaga.base.article import Reject  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.collect.load import load  # noqa: PLC0415
    from siaga.flow import readings  # noqa: PLC0415

    for result in readings(load([articles], sys.stdin.buffer if sys.stdin else None)):
        if isinstance(result, Reject):
            click.echo(f"rejected {result.id}: {result.reason}: {result.message}", err=True)
        else:
            yield result


def _show(result: Score, words: Catalogue) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.scored import score_tables, warnings  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    for line in warnings(result, words):
        console.print(line, style="bold")
    for table in score_tables(result, words):
        _show_table(console, table)


def _show_table(console: Console, shown: ScoreTable) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console.print(Text(f"\n{shown.title}", "bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(shown.head):
        table.add_column(name, justify="right" if number else "left", no_wrap=number > 0)
    for row in shown.rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _show_misses(result: Score, most: int, words: Catalogue) -> None:
    from siaga.report.scored import miss_line  # noqa: PLC0415 - `siaga --help` must not load records

    for miss in result.misses[:most]:
        click.echo(miss_line(miss, words))
    if left := len(result.misses[most:]):
        click.echo(words.say("score.more", count=words.number(left), all=len(result.misses)))

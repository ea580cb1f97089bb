"""Stored events and counts, as a table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import sys
from codecs import StreamWriter, getwriter
from collections.abc import Iterable, Mapping, Sequence

import click
import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.facts import Cited, known_names
from siaga.report.table import event_rows
from siaga.serve.cli.briefing import row_table
from siaga.serve.cli.formats import safe
from siaga.serve.exporting import SHAPES, article_of, streamed
from siaga.store.analysis import Count
from siaga.store.load import StoredEvent

__all__ = ["write_counts", "write_events"]


def write_events(events: Iterable[StoredEvent], format_: str, language: str) -> None:
    """Events on standard output."""
    if format_ == "table":
        _write_table(tuple(events), language)
        return
    sys.stdout.buffer.writelines(streamed(events, SHAPES[format_]))


def write_counts(counts: Sequence[Count], keys: Sequence[str], format_: str, language: str) -> None:
    """Counts on standard output."""
    if format_ == "jsonl":
        for count in counts:
            line = dict(zip(keys, count.keys, strict=True)) | {"events": count.events}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    elif format_ == "csv":
        sheet = csv.writer(_utf8_output(), lineterminator="\n")
        sheet.writerow((*keys, "events"))
        sheet.writerows([*map(safe, count.keys), count.events] for count in counts)
    else:
        _write_count_table(counts, keys, language)


def _write_table(events: Sequence[StoredEvent], language: str) -> None:
    if not events:
        click.echo(catalogue(language).say("events.none"), err=True)
        return
    cited = (Cited(event=one.event, article=article_of(one)) for one in events)
    rows = (row.replace(day=f"{row.day}\n{row.event}") for row in event_rows(cited, language))
    _console().print(row_table(rows, language))  # the id below the day: to explain or correct it by


def _write_count_table(counts: Sequence[Count], keys: Sequence[str], language: str) -> None:
    words = catalogue(language)
    if not counts:
        click.echo(words.say("events.none"), err=True)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in keys:
        table.add_column(words.say(f"key.{key}"))
    table.add_column(words.say("key.events"), justify="right")
    names = known_names(language)
    for count in counts:
        cells = (_word(key, cell, names, words) for key, cell in zip(keys, count.keys, strict=True))
        table.add_row(*map(Text, cells), words.number(count.events))
    _console().print(table)


def _word(key: str, cell: str | None, names: Mapping[str, str], words: Catalogue) -> str:
    """A key's value as people read it: codes by name, types and statuses in words."""
    if cell is None:
        return "?"
    if key in {"type", "status"}:
        return words.say(f"{key}.{cell}")
    if key == "pair":
        return " → ".join(names.get(side, side) for side in cell.split(" → "))
    return names.get(cell, cell) if key in {"country", "actor", "recipient"} else cell


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _utf8_output() -> StreamWriter:
    """Standard output in UTF-8, whatever the terminal speaks."""
    return getwriter("utf-8")(sys.stdout.buffer)

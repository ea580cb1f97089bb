"""The ways in which `siaga read` writes; each returns the number of articles written."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, Party

__all__ = ["COLUMNS", "event_cells", "event_row", "safe", "write_csv", "write_jsonl", "write_nothing", "write_table"]

COLUMNS = (
    "article", "source", "published", "in", "id", "type", "mode", "contexts", "status", "actors", "recipients", "place",
    "country", "latitude", "longitude", "earliest", "latest", "magnitude", "speaker", "medium", "confidence", "rule",
    "sentence",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that starts so; it gets an apostrophe (OWASP, CSV injection)."""


def write_jsonl(readings: Iterable[Reading]) -> int:
    """One article a line, as in the contract; flushed line by line, so that a reader downstream sees it at once."""
    count = 0
    for reading in readings:
        sys.stdout.buffer.write(reading.to_json() + b"\n")
        sys.stdout.buffer.flush()
        count += 1
    return count


def write_csv(readings: Iterable[Reading]) -> int:
    """One event a line, in UTF-8 whatever the terminal speaks, safe to open in a spreadsheet."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(COLUMNS)
    count = 0
    for reading in readings:
        sheet.writerows([safe(cell) for cell in cells] for cells in event_cells(reading))
        count += 1
    return count


def event_cells(reading: Reading) -> Iterator[tuple[object, ...]]:
    """The cells of each event of an article, in the order of `COLUMNS`."""
    for where, events in (("title", reading.title_events), ("body", reading.events)):
        for event in events:
            yield event_row(reading.article, where, event)


def write_table(readings: Iterable[Reading], language: str) -> int:
    """For people, in their language: each article with its events, quotes and forecasts, and the sentence of each."""
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.table import render  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)  # a page's brackets and colons are its own
    count = 0
    for reading in readings:
        console.print(*render(reading, console.width, catalogue(language)), sep="\n")
        count += 1
    return count


def write_nothing(readings: Iterable[Reading]) -> int:
    """Nothing; the readings are saved on their way."""
    return sum(1 for _ in readings)


def event_row(article: Article, where: str, event: Event) -> tuple[object, ...]:
    """The cells of an event, in the order of `COLUMNS`."""
    place = event.place
    return (
        article.id, article.source, article.published, where, event.id, event.type, event.mode,
        " ".join(event.contexts), event.status, _codes(event.actors), _codes(event.recipients),
        place and place.name, place and place.country, place and place.latitude, place and place.longitude,
        event.earliest, event.latest, "; ".join(m.text for m in event.magnitude), event.speaker, event.medium,
        event.confidence, event.rule, event.evidence.text,
    )  # fmt: skip


def _codes(parties: tuple[Party, ...]) -> str:
    return " ".join(party.code or party.text for party in parties)


def safe(cell: object) -> object:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell

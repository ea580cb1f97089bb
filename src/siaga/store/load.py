"""What is stored, back as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal, TypeVar

import msgspec

from siaga.base.article import About, Article, Dropped, PublishedBasis
from siaga.base.document import Reading
from siaga.base.event import Event, Forecast, Quote
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["Head", "StoredEvent", "head_of", "load_article", "load_event", "load_events", "load_reading"]

CHUNK = 500
"""Events asked for at once."""
Kind = TypeVar("Kind", bound=Record)


class Head(Record):
    """An article without its text."""

    id: str
    url: str | None
    source: str | None
    title: str | None
    language: str | None
    published: str | None
    published_basis: PublishedBasis | None
    reader: str | None


class StoredEvent(Record):
    """An event, where it stands, and the article that says it: one line of `siaga events --format jsonl`."""

    article: Head
    part: Literal["body", "title"]
    event: Event


def load_reading(connection: Connection, article_id: str) -> Reading | None:
    """The reading that is stored of an article; null if none is.

    Raises:
        DamagedError: a record in it can't be read.

    """
    row = connection.execute(query("article"), (article_id,)).fetchone()
    if row is None:
        return None
    return Reading(
        article=_article(row),
        events=_records(connection, "events_of_article", Event, row[0], "body"),
        title_events=_records(connection, "events_of_article", Event, row[0], "title"),
        quotes=_records(connection, "quotes_of_article", Quote, row[0]),
        forecasts=_records(connection, "forecasts_of_article", Forecast, row[0]),
    )


def load_article(connection: Connection, article_id: str) -> Article | None:
    """The article that is stored under this id, without what was read in it; null if none is.

    Raises:
        DamagedError: it can't be read.

    """
    row = connection.execute(query("article"), (article_id,)).fetchone()
    return None if row is None else _article(row)


def load_event(connection: Connection, event_id: str) -> StoredEvent | None:
    """The event with this id; null if there is none."""
    number = connection.execute(query("event_number"), (event_id,)).get
    return None if number is None else next(load_events(connection, [int(number)]))


def load_events(connection: Connection, numbers: Iterable[int]) -> Iterator[StoredEvent]:
    """The events with these numbers, in this order, lazily; a number that is gone is left out."""
    rest = iter(numbers)
    while chunk := list(islice(rest, CHUNK)):
        for record, part, *head in connection.execute(
            query("events_by_number"), (msgspec.json.encode(chunk).decode(),)
        ):
            event = from_stored(str(record), Event, f"event of article {head[0]}")
            yield msgspec.convert({"article": head_of(head), "part": part, "event": event}, StoredEvent)


def head_of(cells: Sequence[Any]) -> Head:
    """The head of an article, from its columns in the order of the fields."""
    return msgspec.convert(dict(zip(Head.__struct_fields__, cells, strict=True)), Head)


def _article(row: tuple[Any, ...]) -> Article:
    _, id_, url, source, title, language, published, basis, text, dropped, reader, warnings, about = row
    return Article(
        id=id_, url=url, source=source, title=title, language=language, published=published, published_basis=basis,
        text=text, dropped=msgspec.json.decode(dropped, type=tuple[Dropped, ...]), reader=reader,
        warnings=msgspec.json.decode(warnings, type=tuple[str, ...]),
        about=from_stored(str(about), About, f"article {id_}"),
    )  # fmt: skip


def _records(connection: Connection, name: str, kind: type[Kind], number: int, *more: str) -> tuple[Kind, ...]:
    rows = connection.execute(query(name), (number, *more))
    return tuple(from_stored(str(record), kind, f"article {number}") for (record,) in rows)

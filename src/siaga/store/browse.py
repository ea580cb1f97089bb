"""What is stored in a fixed order, lazily and from any place in it on.

A portion at a time for who turns pages, all of it for who exports, in memory that does not grow.

A place is where in the order a record stands. It stays right when others come or go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import duckdb
import msgspec

from siaga.base.event import EventType, Quote, Status
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.base.story import Incident, Story
from siaga.store.analysis import Selection, ask
from siaga.store.connection import Connection
from siaga.store.load import Head, StoredEvent, head_of, load_events
from siaga.store.rejects import StoredReject
from siaga.store.sql import query
from siaga.store.stories import StoryQuestion, browse_story_rows

__all__ = [
    "ArticleQuestion", "IncidentQuestion", "Place", "QuoteQuestion", "RejectQuestion", "StoredQuote", "all_events",
    "browse_articles", "browse_incidents", "browse_quotes", "browse_rejects", "browse_stories", "events_from",
]  # fmt: skip

Place = tuple[str | int | None, ...]
"""Where in an order a record stands: the columns that it is ordered by."""
Kind = TypeVar("Kind", bound=Record)
Placed = Iterator[tuple[Kind, Place]]
CHUNK = 500
"""Events loaded at once."""
NO_LIMIT = 2**62


class ArticleQuestion(Record):
    """Which articles are asked for; an empty condition is none. Days are inclusive, of publication."""

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class QuoteQuestion(ArticleQuestion):
    """Which quotes."""

    article: str | None = None
    codes: tuple[str, ...] = ()
    """Of the speaker's country or organisation."""
    speaker: str | None = None
    """A part of the name."""


class IncidentQuestion(Record):
    """Which incidents. Days are inclusive, of the act."""

    since: str | None = None
    until: str | None = None
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    story: str | None = None
    least_sources: int = 0


class RejectQuestion(Record):
    """Which rejects."""

    stage: str | None = None
    reason: str | None = None


class StoredQuote(Record):
    """A quote and the article it stands in."""

    article: Head
    quote: Quote


def browse_articles(connection: Connection, asked: ArticleQuestion, after: Place = ()) -> Placed[Head]:
    """Heads of articles, the latest published first."""
    for day, seq, *head in connection.execute(query("browse_articles"), _values(asked, after, "day", "seq")):
        yield head_of(head), _place(day, seq)


def browse_quotes(connection: Connection, asked: QuoteQuestion, after: Place = ()) -> Placed[StoredQuote]:
    """Quotes, of the latest published article first."""
    values = _values(asked, after, "day", "seq", "position")
    for day, seq, position, record, *head in connection.execute(query("browse_quotes"), values):
        quote = from_stored(str(record), Quote, f"quote of article {head[0]}")
        yield StoredQuote(article=head_of(head), quote=quote), _place(day, seq, position)


def browse_stories(connection: Connection, asked: StoryQuestion, after: Place = ()) -> Placed[Story]:
    """Stories, the latest first."""
    for record in browse_story_rows(connection, asked, after):
        story = from_stored(record, Story, "story")
        yield story, (story.last, story.independent_sources, len(story.articles), story.id)


def browse_incidents(connection: Connection, asked: IncidentQuestion, after: Place = ()) -> Placed[Incident]:
    """Incidents, the latest first, each once."""
    for day, id_, record in connection.execute(query("browse_incidents"), _values(asked, after, "day", "id")):
        yield from_stored(str(record), Incident, f"incident {id_}"), _place(day, id_)


def browse_rejects(connection: Connection, asked: RejectQuestion, after: Place = ()) -> Placed[StoredReject]:
    """Rejects, newest first."""
    names = ("saved", "stage", "id", "reason", "message")
    for cells in connection.execute(query("browse_rejects"), _values(asked, after, *names)):
        stage, id_, reason, message, saved = map(str, cells)
        found = StoredReject(stage=stage, id=id_, reason=reason, message=message, saved=saved)
        yield found, (saved, stage, id_, reason, message)


def events_from(
    engine: duckdb.DuckDBPyConnection, asked: Selection, after: Place, most: int
) -> tuple[tuple[int, Place], ...]:
    """Numbers of the events asked for, newest first, each with its place.

    Args:
        engine: of `analysis.analysing`.
        asked: which events.
        after: place of the last one that was had; empty at the beginning.
        most: at the most.

    """
    return tuple(_numbers(engine, asked, after, most))


def all_events(connection: Connection, engine: duckdb.DuckDBPyConnection, asked: Selection) -> Iterator[StoredEvent]:
    """The events asked for, newest first, lazily."""
    numbers = (number for number, _ in _numbers(engine, asked, (), NO_LIMIT))
    yield from load_events(connection, numbers)


def _numbers(
    engine: duckdb.DuckDBPyConnection, asked: Selection, after: Place, most: int
) -> Iterator[tuple[int, Place]]:
    ask(engine, asked)
    day, seq = after or (None, None)
    answer = engine.execute(query("browse_events"), {"day": day, "after": seq, "most": most})
    while rows := answer.fetchmany(CHUNK):
        yield from ((int(number), (told and told.isoformat(), int(number))) for number, told in rows)


def _values(asked: Record, after: Place, *names: str) -> dict[str, str | int | None]:
    """The values of a query: lists as JSON, null where they are empty, and the place after which it goes on."""
    given = {name: _as_json(value) for name, value in msgspec.structs.asdict(asked).items()}
    place = after or (None,) * len(names)
    return given | {f"after_{name}": value for name, value in zip(names, place, strict=True)}


def _as_json(value: object) -> str | int | None:
    if isinstance(value, tuple):
        return msgspec.json.encode(value).decode() if value else None
    return value if isinstance(value, int) or value is None else str(value)


def _place(*cells: object) -> Place:
    return tuple(cell if isinstance(cell, int) or cell is None else str(cell) for cell in cells)

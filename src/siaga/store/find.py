"""Articles by words and conditions, with how many there are of each kind: what a page of search shows.

A word that nearly every article has would have all of them ranked; only those that came last are looked at then, and
how many were not is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import apsw
import msgspec

from siaga.base.errors import SearchError
from siaga.base.event import EventType
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.load import head_of
from siaga.store.search import Found, found_of, plain_words
from siaga.store.sql import query
from siaga.store.words import in_index_of, marked_by

__all__ = ["REACH", "Facet", "FacetName", "Finding", "Hits", "find", "shown"]

REACH = 1_000
"""Articles that are ranked and counted at the most: those that came last."""
MOST_NAMES = 12
"""Of a facet."""
FacetName = Literal["language", "source", "week", "type", "country"]


class Finding(Record):
    """What is looked for; what is null is no condition. Days are inclusive, of publication."""

    typed: str = ""
    """As a user types it; nothing: whatever the words."""
    since: str | None = None
    until: str | None = None
    source: str | None = None
    language: str | None = None
    type: EventType | None = None
    """An act of this type is told."""
    country: str | None = None
    """An act is told that takes place there."""
    newest: bool = False
    """The newest first; else the best."""


class Facet(Record):
    """How many of the articles found have this in common."""

    facet: FacetName
    name: str
    articles: int


class Hits(Record):
    """What was found."""

    numbers: tuple[int, ...]
    """Of the articles, in order, at the most `REACH`."""
    total: int
    """Articles with these words, whatever the conditions; without words, as many as are listed."""
    facets: tuple[Facet, ...]


def find(connection: Connection, finding: Finding) -> Hits:
    """The articles that fit, and how many there are of each kind.

    Raises:
        SearchError: the words can't be looked for.

    """
    numbers, total = _numbers(connection, finding)
    values = {"numbers": msgspec.json.encode(numbers).decode(), "most": MOST_NAMES}
    facets = connection.execute(query("search_facets"), values)
    return Hits(
        numbers=tuple(numbers),
        total=total,
        facets=tuple(
            msgspec.convert({"facet": facet, "name": name, "articles": count}, Facet) for facet, name, count in facets
        ),
    )


def shown(connection: Connection, finding: Finding, numbers: Sequence[int]) -> tuple[Found, ...]:
    """Some of the articles found, in this order, each with the stretch that fits best."""
    words = plain_words(finding.typed)
    values = {"words": in_index_of(connection, words), "numbers": msgspec.json.encode(tuple(numbers)).decode()}
    rows = connection.execute(query("search_shown" if words else "browse_shown"), _only(values, words))
    by_number = {
        int(str(number)): found_of(head_of(head), marked_by(connection, words, str(cell)))
        for number, *head, cell in rows
    }
    return tuple(by_number[number] for number in numbers if number in by_number)


def _numbers(connection: Connection, finding: Finding) -> tuple[list[int], int]:
    words = plain_words(finding.typed)
    conditions = {name: getattr(finding, name) for name in ("since", "until", "source", "language", "type", "country")}
    if not words:
        found = _browsed(connection, conditions)
        return found, len(found)
    try:
        indexed = in_index_of(connection, words)
        [(total, least)] = connection.execute(query("search_reach"), {"words": indexed, "reach": REACH})
        asked = conditions | {"words": indexed, "least": least or 0, "newest": finding.newest}
        found = [int(str(number)) for (number,) in connection.execute(query("search_numbers"), asked)]
    except apsw.SQLError as error:
        raise SearchError(f"these words can't be looked for: {error}") from error
    return found, int(str(total))


def _browsed(connection: Connection, conditions: dict[str, str | None]) -> list[int]:
    values: dict[str, str | int | None] = conditions | {"reach": REACH}
    if conditions["source"] is None:
        del values["source"]
    rows = connection.execute(query("browse_numbers" if "source" not in values else "browse_outlet"), values)
    return [int(str(number)) for (number,) in rows]


def _only(values: dict[str, str], words: str) -> dict[str, str]:
    """Without the words where there are none."""
    return values if words else {"numbers": values["numbers"]}

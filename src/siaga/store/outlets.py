"""Outlets within a window: how much each published, and whose text it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from siaga.base.record import Record
from siaga.base.window import Window
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["Compared", "Copied", "compared", "copied", "outlet_days", "outlets_of_sources"]


class Copied(Record):
    """Articles of one outlet that were made from another's."""

    taker: str
    giver: str
    articles: int


class Compared(Record):
    """Articles of an outlet that were compared with others."""

    wires: int
    """That print agency text, as others do."""
    articles: int


def outlet_days(connection: Connection, window: Window) -> Mapping[str, Mapping[str, int]]:
    """How many articles each outlet published, by day."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for outlet, day, count in connection.execute(query("outlet_days"), _days(window)):
        found[str(outlet)][str(day)] = int(str(count))
    return found


def copied(connection: Connection, window: Window) -> tuple[Copied, ...]:
    """Who made articles from whose, by the days of the copies, the most first; an outlet may repeat itself."""
    rows = connection.execute(query("copies_given"), _days(window))
    return tuple(Copied(taker=str(taker), giver=str(giver), articles=int(str(count))) for taker, giver, count in rows)


def compared(connection: Connection, window: Window) -> Mapping[str, Compared]:
    """How many articles of each outlet were compared with others, and how many of them print agency text."""
    rows = connection.execute(query("wires_of"), _days(window))
    return {str(outlet): Compared(wires=int(str(wires)), articles=int(str(count))) for outlet, wires, count in rows}


def outlets_of_sources(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """The names that articles of each source have for it, the most used first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source, outlet in connection.execute(query("outlets_of_sources")):
        found[str(source)].append(str(outlet))
    return {source: tuple(outlets) for source, outlets in found.items()}


def _days(window: Window) -> dict[str, str]:
    return {"since": window.since, "until": window.until}

"""The readings of the articles published in a window, with the events that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from siaga.base.document import Reading
from siaga.base.event import Event, Party, Quote
from siaga.base.window import Window
from siaga.store.analysis import Selection
from siaga.store.connection import Connection
from siaga.store.load import load_reading
from siaga.store.sql import query

__all__ = ["articles_between", "load_published", "narrowed", "newest_day"]


def newest_day(connection: Connection) -> date | None:
    """The day of the newest stored article; null where none has a day."""
    found = connection.execute(query("newest_day")).get
    return date.fromisoformat(str(found)) if found else None


def articles_between(connection: Connection, since: str, until: str) -> int:
    """How many articles were published within these days, both counted."""
    return int(str(connection.execute(query("articles_between"), {"since": since, "until": until}).get))


def load_published(connection: Connection, window: Window, asked: Selection | None = None) -> Iterator[Reading]:
    """The readings of the articles published in these days, lazily and by day; articles without a day are left out.

    Args:
        connection: of a reader.
        window: days of publication.
        asked: which events; its days and confidence don't count here.

    Raises:
        DamagedError: a record can't be read.

    """
    chosen = asked or Selection()
    values = {
        "since": window.since,
        "until": window.until,
        "sources": _list(chosen.sources),
        "languages": _list(chosen.languages),
    }
    ids = [str(id_) for (id_,) in connection.execute(query("articles_published"), values)]
    for id_ in ids:
        reading = load_reading(connection, id_)
        if reading is not None:
            yield narrowed(reading, chosen)


def narrowed(reading: Reading, chosen: Selection) -> Reading:
    """The reading with the events that are asked for; with quotes and forecasts that belong to them."""
    if not any((chosen.actors, chosen.recipients, chosen.types, chosen.statuses, chosen.countries)):
        return reading
    events = tuple(event for event in reading.events if _is_asked(event, chosen))
    kept = {event.id for event in events}
    return reading.replace(
        events=events,
        title_events=tuple(event for event in reading.title_events if _is_asked(event, chosen)),
        quotes=tuple(quote for quote in reading.quotes if _belongs(quote, events, chosen)),
        forecasts=tuple(forecast for forecast in reading.forecasts if forecast.event in kept),
    )


def _is_asked(event: Event, chosen: Selection) -> bool:
    """As the view `selected` of `events.sql` has it: any of each list, all of the lists."""
    return (
        _any(chosen.actors, _codes(event.actors))
        and _any(chosen.recipients, _codes(event.recipients))
        and _any(chosen.types, (event.type,))
        and _any(chosen.statuses, (event.status,))
        and _any(chosen.countries, (event.place.country if event.place else None,))
    )


def _any(asked: tuple[str, ...], there: Iterable[str | None]) -> bool:
    return not asked or not set(asked).isdisjoint(there)


def _codes(parties: Iterable[Party]) -> tuple[str | None, ...]:
    return tuple(party.code for party in parties)


def _belongs(quote: Quote, events: Iterable[Event], chosen: Selection) -> bool:
    """Whether a quote is of a party that is asked for, or stands in the sentence of an event."""
    return quote.code in {*chosen.actors, *chosen.recipients} or any(
        event.evidence.start < quote.end and quote.start < event.evidence.end for event in events
    )


def _list(words: tuple[str, ...]) -> str | None:
    return msgspec.json.encode(words).decode() if words else None

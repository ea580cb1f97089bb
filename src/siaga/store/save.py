"""Readings into the database: a batch is one transaction, and saving a thing twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import apsw
import msgspec

from siaga.base.article import Article, Reject
from siaga.base.change import Placed, placed
from siaga.base.document import Reading
from siaga.base.event import Event, Forecast, Party, Place, Quote, told_day
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query

__all__ = ["Saved", "add_events", "add_said", "save", "save_within"]

STAGE = "save"
JOINED = "\x1f"
"""Between the members of a list in a column."""
Row = tuple[str | int | float | None, ...]


class Saved(Record):
    """What became of the results that were handed over."""

    articles: int = 0
    """New ones."""
    events: int = 0
    """Events of the new articles, those of their titles included."""
    known: int = 0
    """Articles stored before, read by the same reader."""
    kept: int = 0
    """Articles stored before, read by another reader: that reading was left as it is."""
    rejects: int = 0
    """What could not be used, new or met before."""
    refused: tuple[Reject, ...] = ()
    """Of these, the readings that could not be saved."""

    def __add__(self, other: Saved) -> Saved:
        """Both together."""
        return Saved(
            articles=self.articles + other.articles,
            events=self.events + other.events,
            known=self.known + other.known,
            kept=self.kept + other.kept,
            rejects=self.rejects + other.rejects,
            refused=self.refused + other.refused,
        )


def save(connection: Connection, results: Iterable[Reading | Reject], moment: str) -> Saved:
    """Save readings and rejects in one transaction.

    Args:
        connection: of the writer.
        results: as they come from the pipeline.
        moment: when, RFC 3339 in UTC: the time from which we know what is said here.

    """
    with transaction(connection):
        return save_within(connection, results, moment)


def save_within(connection: Connection, results: Iterable[Reading | Reject], moment: str) -> Saved:
    """The same, within a transaction of the caller."""
    saved = Saved()
    for result in results:
        saved += (
            _save_reject(connection, result, moment)
            if isinstance(result, Reject)
            else _save_reading(connection, result, moment)
        )
    return saved


def _save_reject(connection: Connection, reject: Reject, moment: str) -> Saved:
    connection.execute(query("add_reject"), (reject.stage, reject.id, reject.reason, reject.message, moment))
    return Saved(rejects=1)


def _save_reading(connection: Connection, reading: Reading, moment: str) -> Saved:
    """Save a reading whole or, if an id in it is taken by another, reject it whole."""
    try:
        with connection:  # within the batch: a savepoint
            saved = _add_reading(connection, reading, moment)
    except apsw.ConstraintError as error:
        message = f"an id in its reading is taken by another article, or stands twice: {error}"
        return _refuse(connection, reading, message, moment)
    return saved


def _add_reading(connection: Connection, reading: Reading, moment: str) -> Saved:
    article = reading.article
    added = connection.execute(query("add_article"), _article_row(article, moment)).get
    if added is None:
        return _stored_before(connection, reading, moment)
    number, events = int(added), tuple(placed(reading))
    connection.execute(query("add_reading"), (number, article.reader, moment))
    add_events(connection, number, article, events)
    add_said(connection, number, reading)
    return Saved(articles=1, events=len(events))


def add_events(connection: Connection, number: int, article: Article, events: Iterable[Placed]) -> None:
    """Add events of an article under its number, each with a number of its own that none had before."""
    first = int(connection.execute(query("last_event")).get) + 1
    counted = tuple(enumerate(events, first))
    connection.executemany(query("add_event"), (_event_row(seq, number, article, one) for seq, one in counted))
    connection.executemany(query("add_event_party"), (row for seq, one in counted for row in _party_rows(seq, one[2])))


def add_said(connection: Connection, number: int, reading: Reading) -> None:
    """Add the quotes and forecasts of an article under its number."""
    connection.executemany(query("add_quote"), _quote_rows(number, reading.quotes))
    connection.executemany(query("add_forecast"), _forecast_rows(number, reading.forecasts))


def _stored_before(connection: Connection, reading: Reading, moment: str) -> Saved:
    article = reading.article
    [(reader, _, same)] = connection.execute(query("stored_article"), {"id": article.id, "text": article.text})
    if not same:
        message = "another text is stored under this id; expected an id for each article"
        return _refuse(connection, reading, message, moment)
    return Saved(known=1) if reader == article.reader else Saved(kept=1)


def _refuse(connection: Connection, reading: Reading, message: str, moment: str) -> Saved:
    """Keep, in place of a reading, why it can't be saved."""
    reject = Reject(stage=STAGE, id=reading.article.id, reason="id_taken", message=message)
    return _save_reject(connection, reject, moment).replace(refused=(reject,))


def _article_row(article: Article, moment: str) -> Row:
    return (
        article.id, article.url, article.source, article.title, article.language, article.published,
        article.published_basis, article.published[:10] if article.published else None, article.text,
        _json(article.dropped), _json(article.warnings), _json(article.about), moment,
    )  # fmt: skip


def _event_row(seq: int, number: int, article: Article, one: Placed) -> Row:
    part, position, event = one
    return (
        seq, event.id, number, part, position, event.type, event.mode,
        JOINED.join(event.contexts), event.status,
        told_day(event, article.published) or None, event.earliest, event.latest, *_place_cells(event.place),
        event.speaker, event.medium, event.evidence.start, event.evidence.end, event.confidence, event.rule,
        event.to_json().decode(),
    )  # fmt: skip


def _place_cells(place: Place | None) -> Row:
    return (place.name, place.country, place.latitude, place.longitude, place.precision) if place else (None,) * 5


def _party_rows(seq: int, event: Event) -> Iterator[Row]:
    sides: tuple[tuple[str, tuple[Party, ...]], ...] = (("actor", event.actors), ("recipient", event.recipients))
    for side, parties in sides:
        for position, party in enumerate(parties):
            yield seq, side, position, party.code, party.sector, party.name


def _quote_rows(number: int, quotes: Iterable[Quote]) -> Iterator[Row]:
    for position, quote in enumerate(quotes):
        yield number, position, quote.code, quote.speaker, quote.to_json().decode()


def _forecast_rows(number: int, forecasts: Iterable[Forecast]) -> Iterator[Row]:
    for position, forecast in enumerate(forecasts):
        window = forecast.window_earliest, forecast.window_latest
        yield number, position, forecast.id, forecast.event, forecast.code, *window, forecast.to_json().decode()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

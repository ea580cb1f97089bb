"""Alerts in the store: each entered with its messages in one transaction, told once an occasion, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from siaga.base.alert import Alert, Match, Message
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query
from siaga.store.words import in_index_of

__all__ = [
    "Acknowledged", "Fired", "Last", "Told", "acknowledge", "add_alerts", "last_alerts", "load_alert", "load_alerts",
    "looked_through", "newest_article", "search_matches", "set_snooze", "silence_matches", "snoozes",
]  # fmt: skip


class Acknowledged(Record):
    """Who took notice of an alert."""

    who: str
    moment: str
    note: str | None


class Told(Record):
    """An alert, who took notice, and how many of its messages are in which state."""

    alert: Alert
    acknowledged: Acknowledged | None
    sent: int
    waiting: int
    dead: int


class Last(Record):
    """The last alert of a subject."""

    as_of: str
    fired: str


class Fired(Record):
    """What a rule found, and how far it looked."""

    rule: str
    alerts: tuple[Alert, ...]
    messages: tuple[Message, ...]
    looked: int
    """Number of the last article it has seen."""


def add_alerts(connection: Connection, fired: Fired) -> tuple[Alert, ...]:
    """Enter what a rule found, with its messages and how far it looked, or nothing of it; the alerts that are new."""
    with transaction(connection):
        new = tuple(one for one in fired.alerts if connection.execute(query("add_alert"), _row(one)).get is not None)
        known = {one.id for one in new}
        for message in fired.messages:
            if message.alert in known:
                connection.execute(query("add_message"), _message_row(message))
        connection.execute(query("set_looked_through"), {"rule": fired.rule, "article": fired.looked})
    return new


def last_alerts(connection: Connection, rule: str) -> Mapping[str, Last]:
    """The last alert of each subject of a rule."""
    rows = connection.execute(query("last_alerts"), (rule,))
    return {str(subject): Last(as_of=str(as_of), fired=str(fired)) for subject, as_of, fired in rows}


def load_alert(connection: Connection, id_: str) -> Alert | None:
    """The alert with this id; null if there is none."""
    record = connection.execute(query("alert"), (id_,)).get
    return None if record is None else from_stored(str(record), Alert, f"alert {id_}")


def load_alerts(
    connection: Connection, most: int, rule: str | None = None, until: str | None = None
) -> tuple[Told, ...]:
    """The alerts that were told, the latest first: of one rule, by what was known until a day, if these are given."""
    rows = connection.execute(query("list_alerts"), {"rule": rule, "until": until, "most": most})
    return tuple(map(_told, rows))


def acknowledge(connection: Connection, alert: str, by: Acknowledged) -> bool:
    """Say that somebody took notice of an alert, so that it goes no further up; whether nobody had before."""
    row = {"alert": alert, "who": by.who, "moment": by.moment, "note": by.note}
    with transaction(connection):
        first = connection.execute(query("acknowledge_alert"), row).get is not None
        connection.execute(query("drop_escalations"), {"alert": alert, "moment": by.moment})
    return first


def set_snooze(connection: Connection, rule: str, until: str, signed: tuple[str, str]) -> None:
    """Let a rule be silent until a moment; who says so, and when."""
    who, moment = signed
    connection.execute(query("set_snooze"), {"rule": rule, "until": until, "who": who, "moment": moment})


def snoozes(connection: Connection) -> Mapping[str, str]:
    """Until when each rule that ever was snoozed is silent."""
    return {str(rule): str(until) for rule, until in connection.execute(query("snoozes"))}


def looked_through(connection: Connection, rule: str) -> int | None:
    """The number of the last article that a rule has looked at; null if it never did."""
    number = connection.execute(query("looked_through"), (rule,)).get
    return None if number is None else int(str(number))


def newest_article(connection: Connection) -> int:
    """The number of the article that was saved last; 0 if there is none."""
    return int(str(connection.execute(query("newest_article")).get))


def search_matches(connection: Connection, words: str, days: tuple[str, str], after: int) -> Iterator[Match]:
    """The articles with these words that were published within days and saved after a number, by story.

    Raises:
        apsw.SQLError: the words are no question to FTS5.

    """
    asked = {"words": in_index_of(connection, words), "since": days[0], "until": days[1], "after": after}
    for article, day, story, title in connection.execute(query("alert_search"), asked):
        yield Match(
            day=str(day),
            subject=str(story),
            since=str(day),
            articles=(str(article),),
            label=" ".join(str(title).split()),
        )


def silence_matches(connection: Connection, source: str | None, days: tuple[str, str]) -> Iterator[Match]:
    """The days within these on which a source failed, or any."""
    asked = {"source": source, "since": days[0], "until": days[1]}
    for name, day in connection.execute(query("alert_silences"), asked):
        yield Match(day=str(day), subject=str(name), since=str(day))


def _row(alert: Alert) -> dict[str, str]:
    return {
        "id": alert.id, "rule": alert.rule, "subject": alert.subject, "since": alert.since, "as_of": alert.as_of,
        "fired": alert.fired, "record": alert.to_json().decode(),
    }  # fmt: skip


def _message_row(message: Message) -> dict[str, str | int]:
    return {
        "key": message.key, "alert": message.alert, "target": message.target, "escalated": int(message.escalated),
        "due": message.due,
    }  # fmt: skip


def _told(row: Sequence[object]) -> Told:
    record, who, moment, note, sent, waiting, dead = row
    noticed = None
    if who is not None:
        noticed = Acknowledged(who=str(who), moment=str(moment), note=None if note is None else str(note))
    return Told(
        alert=from_stored(str(record), Alert, "alert"), acknowledged=noticed, sent=int(str(sent)),
        waiting=int(str(waiting)), dead=int(str(dead)),
    )  # fmt: skip

"""The stored reading of an article brought to another: what reads the same stays under its number.

Segments are never written again for it: an event that is told otherwise gets a new number, and the old one is
withdrawn, kept in a table of its own and left out where segments are counted.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from siaga.base.article import Article
from siaga.base.change import Part, placed
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.save import add_events, add_said
from siaga.store.sql import query

__all__ = ["settle"]

Standing = dict[tuple[Part, str], tuple[int, Event]]
"""Number and record of each event that stands, by part and id."""


def settle(connection: Connection, stored: Reading, wanted: Reading, moment: str) -> None:
    """Make what is stored of an article what is wanted, within a transaction of the caller.

    Args:
        connection: of the writer.
        stored: the reading as it is stored.
        wanted: the reading as it is to stand; of the article itself, only what a reader tells may differ.
        moment: from when on, RFC 3339 in UTC.

    Raises:
        apsw.ConstraintError: an id in the reading is taken by another article, or stands twice.

    """
    number = int(connection.execute("SELECT seq FROM article WHERE id = ?", (wanted.article.id,)).get)
    if stored != wanted:
        connection.execute(query("add_stale_trait"), (number,))
    _settle_events(connection, number, (stored, wanted), moment)
    if (stored.quotes, stored.forecasts) != (wanted.quotes, wanted.forecasts):
        connection.execute("DELETE FROM quote WHERE article = ?", (number,))
        connection.execute("DELETE FROM forecast WHERE article = ?", (number,))
        add_said(connection, number, wanted)
    if _head(stored.article) != _head(wanted.article):
        connection.execute(query("set_head"), (*_head_cells(wanted.article), number))


def _settle_events(connection: Connection, number: int, readings: tuple[Reading, Reading], moment: str) -> None:
    """Withdraw what no longer stands, give what stays its place, and add the rest."""
    stored, wanted = readings
    before, after = _standing(connection, number), tuple(placed(wanted))
    if before and _counted_by(stored.article) == _counted_by(wanted.article):
        kept = {key for part, _, event in after if before.get(key := (part, event.id), (0, None))[1] == event}
    else:
        kept = set()  # each event is counted by the day and language of its article, too
    if len(kept) == len(before) == len(after) and [*before] == [(part, event.id) for part, _, event in after]:
        return
    _withdraw(connection, (seq for key, (seq, _) in before.items() if key not in kept), moment)
    connection.execute(query("free_positions"), (number,))
    stay = [one for one in after if (one[0], one[2].id) in kept]
    connection.executemany(query("set_position"), ((at, before[part, event.id][0]) for part, at, event in stay))
    add_events(connection, number, wanted.article, (one for one in after if one not in stay))


def _standing(connection: Connection, number: int) -> Standing:
    found: Standing = {}
    for seq, part, record in connection.execute(query("standing_events"), (number,)):
        event = from_stored(str(record), Event, f"event {seq}")
        found["body" if part == "body" else "title", event.id] = int(str(seq)), event
    return found


def _withdraw(connection: Connection, numbers: Iterable[int], moment: str) -> None:
    for seq in numbers:
        connection.execute(query("withdraw_event"), {"seq": seq, "moment": moment})
        connection.execute("DELETE FROM event_party WHERE event = ?", (seq,))
        connection.execute("DELETE FROM event WHERE seq = ?", (seq,))


def _counted_by(article: Article) -> tuple[str | None, str | None]:
    return article.language, article.published


def _head(article: Article) -> tuple[object, ...]:
    return article.language, article.published, article.published_basis, article.warnings


def _head_cells(article: Article) -> tuple[str | None, ...]:
    day = article.published[:10] if article.published else None
    warnings = msgspec.json.encode(article.warnings).decode()
    return article.language, article.published, article.published_basis, day, warnings

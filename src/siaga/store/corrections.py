"""Corrections in the store: only added to, and applied at once to what is stored of their article."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.change import Change, Part, changes
from siaga.base.correction import Correction, Proposal, Signature, corrected, drawn_up, in_force, undoing
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.load import load_reading
from siaga.store.settle import settle
from siaga.store.sql import query

__all__ = [
    "Kept", "PastReading", "Withdrawn", "all_corrections", "correct", "corrections_about", "keep_read",
    "load_correction", "load_corrections", "load_past", "load_read", "load_withdrawn", "textless", "undo",
]  # fmt: skip


class Kept(Record):
    """A correction, whether it stands, and whether the reader says the same by now."""

    correction: Correction
    state: str
    """`stands`, `unneeded` (it changes nothing: the reader says the same by itself) or `undone`."""


class PastReading(Record):
    """A reading that another took the place of: without any correction, and without the text."""

    reading: Reading
    saved: str
    replaced: str
    """RFC 3339, UTC."""


class Withdrawn(Record):
    """An event that is stored no longer, since when, and the article that told of it."""

    event: Event
    part: Part
    article: str
    moment: str


def load_corrections(connection: Connection, article: str) -> tuple[Correction, ...]:
    """The corrections of an article, in the order in which they were made; undone ones and their undoing, too."""
    rows = connection.execute(query("corrections_of_article"), (article,))
    return tuple(from_stored(str(record), Correction, f"correction of {article}") for (record,) in rows)


def load_correction(connection: Connection, correction: str) -> Correction | None:
    """The correction with this id; null if there is none."""
    record = connection.execute(query("correction"), (correction,)).get
    return None if record is None else from_stored(str(record), Correction, f"correction {correction}")


def all_corrections(connection: Connection) -> Iterator[tuple[Reading, tuple[Kept, ...]]]:
    """Each article that has corrections, as it stands, with them; undoing is shown by the state of what is undone."""
    for (article,) in connection.execute(query("corrected_articles")).fetchall():
        reading, read = load_reading(connection, str(article)), load_read(connection, str(article))
        if reading is not None and read is not None:
            yield reading, _kept(read, load_corrections(connection, str(article)))


def corrections_about(connection: Connection, article: str, event: str) -> tuple[Kept, ...]:
    """The corrections by which an event of an article is what it is, or no longer stands, in order."""
    read = load_read(connection, article)
    kept = _kept(read, load_corrections(connection, article)) if read else ()
    return tuple(one for one in kept if event in {said.id for said in (*one.correction.meant, *one.correction.given)})


def load_past(connection: Connection, article: str) -> tuple[PastReading, ...]:
    """The readings of an article that another took the place of, oldest first."""
    current = load_read(connection, article)
    rows = connection.execute(query("past_readings"), (article,)).fetchall()
    found: list[PastReading] = []
    for reader, saved, replaced, record in reversed(rows):
        if record is not None:
            current = from_stored(str(record), Reading, f"past reading of {article}")
        if current is not None:
            own = current.replace(article=current.article.replace(reader=reader))
            found.append(PastReading(reading=own, saved=str(saved), replaced=str(replaced)))
    return tuple(reversed(found))


def load_read(connection: Connection, article: str) -> Reading | None:
    """What the reader found in an article, without any correction; null if it is not stored."""
    stored = load_reading(connection, article)
    record = connection.execute(query("uncorrected"), (article,)).get
    if stored is None or record is None:
        return stored
    found = from_stored(str(record), Reading, f"article {article}")
    return found.replace(article=stored.article)


def keep_read(connection: Connection, number: int, reading: Reading) -> None:
    """Keep what the reader found in an article that has corrections."""
    connection.execute(query("set_uncorrected"), (number, textless(reading)))


def load_withdrawn(connection: Connection, event: str) -> Withdrawn | None:
    """The last event of this id that no longer stands; null if there is none."""
    row = connection.execute(query("withdrawn_event"), (event,)).fetchone()
    if row is None:
        return None
    record, part, article, moment = row
    return Withdrawn(
        event=from_stored(str(record), Event, f"event {event}"),
        part="body" if part == "body" else "title", article=str(article), moment=str(moment),
    )  # fmt: skip


def correct(
    connection: Connection, article: str, proposal: Proposal, signature: Signature
) -> tuple[Correction, tuple[Change, ...]] | None:
    """Correct an article: the correction, and what changed by it; null if the article is not stored.

    Args:
        connection: of the writer.
        article: its id.
        proposal: what is corrected.
        signature: of the analyst; its moment is that from which the events stand.

    """
    with transaction(connection):
        stands, read = load_reading(connection, article), load_read(connection, article)
        if stands is None or read is None:
            return None
        correction = drawn_up(proposal, stands, read, _numbered(connection, article, signature))
        return correction, _add(connection, correction, stands, read)


def undo(connection: Connection, target: Correction, signature: Signature) -> tuple[Correction, tuple[Change, ...]]:
    """Let a correction no longer hold: the correction that says so, and what changed by it."""
    with transaction(connection):
        stands, read = load_reading(connection, target.article), load_read(connection, target.article)
        assert stands is not None  # noqa: S101 - a correction has its article, by a foreign key
        assert read is not None  # noqa: S101
        correction = undoing(target, _numbered(connection, target.article, signature))
        return correction, _add(connection, correction, stands, read)


def _numbered(connection: Connection, article: str, signature: Signature) -> Signature:
    return signature.replace(number=len(load_corrections(connection, article)) + 1)


def textless(reading: Reading) -> str:
    """A reading as JSON, without what is stored of its article anyway."""
    return reading.replace(article=reading.article.replace(text="", dropped=())).to_json().decode()


def _add(connection: Connection, correction: Correction, stands: Reading, read: Reading) -> tuple[Change, ...]:
    """Add a correction and let the stored article stand as it does with it."""
    number = int(connection.execute("SELECT seq FROM article WHERE id = ?", (correction.article,)).get)
    keep_read(connection, number, read)
    connection.execute(
        query("add_correction"),
        (
            correction.id, correction.kind, correction.analyst, correction.moment, correction.to_json().decode(),
            correction.article,
        ),
    )  # fmt: skip
    wanted = corrected(read, load_corrections(connection, correction.article)).reading
    settle(connection, stands, wanted, correction.moment)
    return changes(stands, wanted)


def _kept(read: Reading, corrections: tuple[Correction, ...]) -> tuple[Kept, ...]:
    unneeded = set(corrected(read, corrections).unneeded)
    states = {id_: "unneeded" if id_ in unneeded else "stands" for id_ in in_force(corrections)}
    return tuple(Kept(correction=one, state=states.get(one.id, "undone")) for one in corrections if one.kind != "undo")

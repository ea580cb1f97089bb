"""The outbox: messages that wait to be sent, each taken by one sender for a while, tried again, never lost.

A message is sent at least once: whoever is killed between sending and saying so sends it again, with the same key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from siaga.base.alert import Alert
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.files import sole
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Job", "Posted", "Settled", "free", "lease", "load_outbox", "next_due", "revive", "sending", "sent_to",
           "settle"]  # fmt: skip


class Job(Record):
    """A message to be sent now."""

    number: int
    key: str
    target: str
    escalated: bool
    attempts: int
    """That failed before."""
    alert: Alert


class Settled(Record):
    """What came of a message."""

    state: str
    """`waiting` where it is tried again, `sent`, or `dead`."""
    due: str | None = None
    told: str | None = None
    """What went wrong."""
    ended: str | None = None


class Posted(Record):
    """A row of the outbox."""

    key: str
    alert: str
    target: str
    escalated: bool
    state: str
    attempts: int
    due: str
    told: str | None
    ended: str | None


@contextmanager
def sending(workspace: Workspace) -> Iterator[None]:
    """The right to send, for one process; the system takes it back from one that is killed.

    Raises:
        BusyError: another process is sending.

    """
    busy = f"{workspace.folder}: another process is sending alerts. Wait for it to end"
    with sole(workspace.folder / "siaga.sending", busy):
        yield


def free(connection: Connection) -> None:
    """Free what a sender before us had taken; only for whoever has the right to send."""
    connection.execute(query("free_outbox"))


def lease(connection: Connection, most: int, moment: str, until: str) -> tuple[Job, ...]:
    """Messages that are due, the longest due first, taken by us until then."""
    with transaction(connection):
        rows = connection.execute(query("outbox_due"), {"now": moment, "most": most}).fetchall()
        jobs = tuple(map(_job, rows))
        connection.executemany(query("lease_message"), ({"number": one.number, "until": until} for one in jobs))
    return jobs


def settle(connection: Connection, job: Job, what: Settled) -> None:
    """Say what came of a message."""
    row = {"number": job.number, "state": what.state, "due": what.due, "told": what.told, "ended": what.ended}
    connection.execute(query("settle_message"), row)


def load_outbox(connection: Connection, most: int, state: str | None = None) -> tuple[Posted, ...]:
    """What was given up, what waits, and what was sent, the latest first."""
    rows = connection.execute(query("list_outbox"), {"state": state, "most": most})
    return tuple(map(_posted, rows))


def revive(connection: Connection, key: str, moment: str) -> bool:
    """Try again what was given up; whether there is such a message."""
    return connection.execute(query("revive_message"), {"key": key, "now": moment}).get is not None


def sent_to(connection: Connection, target: str, key: str, most: int) -> tuple[tuple[str, Alert], ...]:
    """Key and alert of what was sent to a target, and of what is being sent, the latest first."""
    rows = connection.execute(query("sent_to"), {"target": target, "key": key, "most": most})
    return tuple((str(one), from_stored(str(record), Alert, f"message {one}")) for one, record in rows)


def next_due(connection: Connection) -> str | None:
    """When the next message is due; null if none waits."""
    due = connection.execute(query("next_due")).get
    return None if due is None else str(due)


def _job(row: Sequence[object]) -> Job:
    number, key, target, escalated, attempts, record = row
    return Job(
        number=int(str(number)), key=str(key), target=str(target), escalated=bool(escalated),
        attempts=int(str(attempts)), alert=from_stored(str(record), Alert, f"message {key}"),
    )  # fmt: skip


def _posted(row: Sequence[object]) -> Posted:
    key, alert, target, escalated, state, attempts, due, told, ended = row
    return Posted(
        key=str(key), alert=str(alert), target=str(target), escalated=bool(escalated), state=str(state),
        attempts=int(str(attempts)), due=str(due), told=None if told is None else str(told),
        ended=None if ended is None else str(ended),
    )  # fmt: skip

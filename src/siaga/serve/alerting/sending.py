"""What waits in the outbox sent: taken under a lease, sent while nothing is locked, and settled at once.

Killed between sending and settling, the next sender sends the same message again with the same key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from siaga.base.alert import without_secrets
from siaga.base.errors import SiagaError
from siaga.base.failpoint import failpoint
from siaga.base.record import Record
from siaga.serve.alerting.channels import Unsent, deliver
from siaga.serve.logs import note
from siaga.store.database import noting_in, now
from siaga.store.jobs import after
from siaga.store.outbox import Job, Settled, free, lease, sending, settle
from siaga.store.workspace import Workspace

__all__ = ["Sent", "send_due"]

BATCH = 20
"""Messages taken at once."""
LEASE_SECONDS = 900.0
"""For which they are ours: longer than all of them may take."""
LONGEST_PAUSE = 6 * 3600.0
"""Seconds before a message is tried again, at the most."""
GROWTH = 4.0
"""By which each pause is longer than the one before."""


class Sent(Record):
    """What became of messages."""

    sent: int = 0
    waiting: int = 0
    """That could not be sent, and are tried again."""
    dead: int = 0
    """That are given up."""


def send_due(workspace: Workspace, goes_on: Callable[[], bool] = lambda: True) -> Sent:
    """Send what is due; how many messages went, wait, and were given up.

    Args:
        workspace: whose outbox.
        goes_on: whether another message may be begun.

    Raises:
        BusyError: another process is sending, or writing for longer than `store.wait`.

    """
    tally = {"sent": 0, "waiting": 0, "dead": 0}
    with sending(workspace):
        with noting_in(workspace) as connection:
            free(connection)
        while goes_on() and (jobs := _taken(workspace)):
            for job in jobs:
                if goes_on():
                    tally[_sent(workspace, job)] += 1
    return Sent(**tally)


def _taken(workspace: Workspace) -> tuple[Job, ...]:
    moment = now()
    with noting_in(workspace) as connection:
        return lease(connection, BATCH, moment, after(moment, LEASE_SECONDS))


def _sent(workspace: Workspace, job: Job) -> str:
    """Send one message and say what came of it: the state it is in then."""
    failpoint("send.leased")
    what = _tried(workspace, job)
    failpoint("send.sent")
    with noting_in(workspace) as connection:
        settle(connection, job, what)
    failpoint("send.settled")
    level = logging.INFO if what.state == "sent" else logging.WARNING
    note(f"message.{what.state}", level, key=job.key, target=without_secrets(job.target), told=what.told)
    return what.state


def _tried(workspace: Workspace, job: Job) -> Settled:
    try:
        deliver(workspace, job)
    except Unsent as error:
        return _put_off(workspace, job, error)
    except SiagaError as error:
        return _put_off(workspace, job, Unsent(str(error)))
    return Settled(state="sent", ended=now())


def _put_off(workspace: Workspace, job: Job, why: Unsent) -> Settled:
    """It is tried again later, each time after a longer pause; or given up, and stays to be seen."""
    settings, moment = workspace.config.alerts, now()
    if why.lasting or job.attempts + 1 >= settings.attempts:
        return Settled(state="dead", told=str(why), ended=moment)
    pause = min(settings.pause * GROWTH**job.attempts, LONGEST_PAUSE)
    return Settled(state="waiting", told=str(why), due=after(moment, pause))

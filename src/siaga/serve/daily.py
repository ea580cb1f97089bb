"""The daily step: link what is new, answer claims that are due, warn, fire the rules of alerts, send what waits.

Each part is saved by itself and does nothing twice, so that a step that is cut short is simply taken up again. One
process takes it at a time; the system takes the right back from one that is killed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from siaga.base.errors import GivenError
from siaga.base.failpoint import failpoint
from siaga.base.record import Record
from siaga.collect.owners import owners_with
from siaga.collect.sources import load_sources
from siaga.flow import link_stored, story_stored
from siaga.monitor.ledger import enter, ledger_series, new_verdicts, standings
from siaga.serve.alerting.firing import Firing, fire
from siaga.serve.alerting.sending import Sent, send_due
from siaga.serve.logs import note, timed
from siaga.serve.warned import Wanted, Warned, warned
from siaga.store.claims import keeping_ledger
from siaga.store.daily import begin_daily, daily_began, end_daily
from siaga.store.database import noting_in, reading_from
from siaga.store.files import sole
from siaga.store.lineages import linking
from siaga.store.outbox import next_due
from siaga.store.stories import shelving
from siaga.store.workspace import Workspace

__all__ = ["Done", "Turn", "Turns", "daily", "linked", "turn"]

Turn = Literal["daily", "send"]
CLOCK_SLACK = timedelta(minutes=5)
"""A step that began later than so much from now was taken by a clock that was set back since: it tells nothing."""
LOOK_EVERY = 60.0
"""Seconds between two looks whether it is time; the first comes after as many, so that what is new is fetched first."""
AFTER_FAILURE = 3600.0
"""Seconds after which a step that failed is tried again."""


class Done(Record):
    """What a daily step did."""

    as_of: str
    linked: int
    """Articles that were linked."""
    stories: int
    """That are told anew."""
    claims: int
    verdicts: int
    warnings: int
    """Countries and pairs at Waspada or above."""
    units: int
    fired: int
    messages: Sent


def daily(workspace: Workspace, as_of: date, goes_on: Callable[[], bool] = lambda: True) -> Done:
    """Take the daily step of a day.

    Args:
        workspace: to work in.
        as_of: the day whose knowledge counts.
        goes_on: whether another message may be begun.

    Raises:
        BusyError: another process takes it, or is writing for longer than `store.wait`.
        GivenError: a rule of alerts can't be right; all else is done.

    """
    with _leased(workspace):
        with noting_in(workspace) as connection:
            number = begin_daily(connection, as_of.isoformat())
        failpoint("daily.begun")
        done = _steps(workspace, as_of, goes_on)
        failpoint("daily.done")
        with noting_in(workspace) as connection:
            end_daily(connection, number, done.to_json().decode())
    note("daily.done", **msgspec.to_builtins(done))
    return done


def turn(workspace: Workspace, moment: datetime) -> Turn | None:
    """What is due by a moment, aware; null if nothing is, or the workspace wants no daily steps."""
    every = workspace.config.daily.every
    if not every:
        return None
    with reading_from(workspace) as connection:
        began, due = daily_began(connection), next_due(connection)
    if began is None or not moment - timedelta(hours=every) < datetime.fromisoformat(began) <= moment + CLOCK_SLACK:
        return "daily"
    return "send" if due is not None and datetime.fromisoformat(due) <= moment else None


class Turns:
    """Whether the one who watches goes on, or it is the turn of the daily step or of what waits to be sent.

    Watching and stepping take turns, since one process writes to a workspace at a time.
    """

    def __init__(self, workspace: Workspace, goes_on: Callable[[], bool], pause: float = LOOK_EVERY) -> None:
        self._workspace = workspace
        self._goes_on = goes_on
        self._pause = pause
        self._look_at = time.monotonic() + pause
        self.due: Turn | None = None

    def __call__(self) -> bool:
        if not self._goes_on():
            return False
        if self.due is None and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + self._pause
            self.due = turn(self._workspace, datetime.now(UTC))
        return self.due is None

    def taken(self, *, failed: bool = False) -> None:
        """The turn is over; after a failure the next one is long in coming."""
        self.due = None
        self._look_at = time.monotonic() + (AFTER_FAILURE if failed else self._pause)


def linked(workspace: Workspace) -> tuple[int, int]:
    """Link the articles that are not linked yet; how many these are, and how many stories are told anew."""
    with linking(workspace) as run:
        waiting = sum(1 for _ in run.unlinked())
        for _ in link_stored(run):
            continue
    with shelving(workspace) as shelf:
        stories = len(set(story_stored(shelf, owners_with(load_sources(workspace.sources)))))
    return waiting, stories


def _steps(workspace: Workspace, as_of: date, goes_on: Callable[[], bool]) -> Done:
    with timed("link"):
        articles, stories = linked(workspace)
    with timed("claims"):
        claims, verdicts = _answered(workspace, as_of.isoformat())
    with timed("warn"):
        seen = _warned(workspace, as_of)
    with timed("alerts"):
        fired, sent = _told(workspace, as_of, goes_on)
    return Done(
        as_of=as_of.isoformat(), linked=articles, stories=stories, claims=claims, verdicts=verdicts,
        warnings=len(seen.cards) + seen.more, units=seen.units, fired=len(fired.alerts),
        messages=sent,
    )  # fmt: skip


def _answered(workspace: Workspace, as_of: str) -> tuple[int, int]:
    """Enter new claims, and answer what can be answered; how many claims and verdicts are new."""
    with keeping_ledger(workspace) as ledger:
        new = sum(1 for _ in enter(ledger))
    with reading_from(workspace) as connection, ledger_series(workspace, as_of) as stored:
        verdicts = new_verdicts(connection, standings(connection, stored, as_of), as_of)
    with keeping_ledger(workspace) as ledger:
        ledger.save_verdicts(verdicts)
    return new, len(verdicts)


def _warned(workspace: Workspace, as_of: date) -> Warned:
    return warned(workspace, as_of, Wanted(most=1))


def _told(workspace: Workspace, as_of: date, goes_on: Callable[[], bool]) -> tuple[Firing, Sent]:
    """Fire the rules, and send what waits, also where a rule can't be right."""
    try:
        fired = fire(workspace, as_of, datetime.now(UTC))
    except GivenError:
        send_due(workspace, goes_on)
        raise
    return fired, send_due(workspace, goes_on)


@contextmanager
def _leased(workspace: Workspace) -> Iterator[None]:
    """The right to take the daily step.

    Raises:
        BusyError: another process has it.

    """
    busy = f"{workspace.folder}: another process takes the daily step. Wait for it to end"
    with sole(workspace.folder / "siaga.daily", busy):
        yield

"""What is to be expected on a day, reckoned as a whole: data that pages only look up.

Where much is stored this takes a minute and a core. So it can be done in a process of its own, with which no page has
to share an interpreter.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Sequence
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

import msgspec

from siaga.base.errors import StoreError
from siaga.base.failpoint import failpoint
from siaga.base.record import Record
from siaga.base.warning import Card, Level, UnitKind
from siaga.monitor.actor import ActorFacts, actor_facts
from siaga.monitor.rule import warning_rule
from siaga.monitor.track import PastAlarm
from siaga.monitor.warning import Scene, alarms_of, card, judged, scene
from siaga.monitor.weeks import MOST_WEEKS, Reliability, WeekSeen, reliability_of, weeks_seen
from siaga.serve.claimed import saved_claims
from siaga.serve.warned import KINDS, ClaimsAbout, Wanted, grave_order, gravest
from siaga.store.database import now, reading_from
from siaga.store.health import failed_days
from siaga.store.known import Known, knowing
from siaga.store.workspace import Workspace

__all__ = [
    "FACT_DAYS", "MOST_CARDS", "MOST_FACTS", "Reckoned", "Saved", "UnitFound", "keep", "kept", "reckon", "reckon_aside",
]  # fmt: skip

LOG = logging.getLogger("siaga.serve")
FILE = "outlook.msgpack"
MOST_CARDS = 40
"""Warnings on a board."""
MOST_UNITS = 200
"""Of a kind, that get a page of their weeks; of others it is only said which condition they meet."""
FACT_DAYS, MOST_FACTS = 90, 12
"""Of an actor: days looked back on; partners and sentences at the most."""


class UnitFound(Record):
    """All that pages show of a country or pair."""

    card: Card
    signals: tuple[WeekSeen, ...]
    conflict: tuple[WeekSeen, ...]
    alarms: tuple[PastAlarm, ...]
    facts: ActorFacts | None
    """Of a country or body; null of a pair."""


class Reckoned(Record):
    """What is to be expected, by what was known at the end of a day."""

    as_of: str
    moment: str
    """When it was reckoned, RFC 3339 in UTC."""
    units: int
    """That were judged."""
    more: int
    """Warnings that are left out of the board."""
    silent: bool
    board: tuple[tuple[UnitKind, str], ...]
    """Units with a warning, the gravest first."""
    reliability: tuple[Reliability, ...]
    found: tuple[tuple[UnitKind, str, bytes], ...]
    """Kind and name of each unit that has a page of its weeks, and its `UnitFound` as JSON."""
    others: tuple[tuple[UnitKind, str, Level | None], ...]
    """Units that were judged and have none, with the level whose condition they meet; null where they meet none."""


class Saved(Record):
    """What is kept in the workspace for the next process that serves."""

    state: tuple[tuple[int, int], ...]
    """Of the store when it was reckoned."""
    took: float
    """Seconds."""
    reckoned: Reckoned


def keep(workspace: Workspace, saved: Saved) -> None:
    """Keep it in the workspace, whole or not at all; where that may not be written to, it is not kept."""
    try:
        workspace.cache.mkdir(exist_ok=True)
        aside = workspace.cache / f"{FILE}.{os.getpid()}"
        aside.write_bytes(msgspec.msgpack.encode(saved))
        failpoint("cache.written")
        aside.replace(workspace.cache / FILE)
    except OSError as error:
        LOG.info("%s: what is to be expected is not kept: %s", workspace.cache, error.strerror)


def kept(workspace: Workspace) -> Saved | None:
    """What was kept last; null if nothing was, or if another version kept it."""
    try:
        return msgspec.msgpack.decode((workspace.cache / FILE).read_bytes(), type=Saved)
    except (OSError, msgspec.DecodeError):
        return None


def reckon(workspace: Workspace, as_of: date) -> Reckoned:
    """What is to be expected.

    Raises:
        StoreError: what is stored can't be read.

    """
    rule, day = warning_rule(), as_of.isoformat()
    claims_about = saved_claims(workspace, day)
    with (
        reading_from(workspace) as connection,
        knowing(workspace, connection, as_of, rule.confidence, at_hand=True) as known,
    ):
        sides = tuple(_side(known, kind, claims_about) for kind in KINDS)  # one after the other: each takes much memory
    board = sorted(one for side in sides for one in side.ranked)
    kinds = {unit: side.kind for side in sides for _, unit in side.ranked}
    return Reckoned(
        as_of=day,
        moment=now(),
        units=sum(side.units for side in sides),
        more=max(0, len(board) - MOST_CARDS),
        silent=any(side.silent for side in sides),
        board=tuple((kinds[unit], unit) for _, unit in board[:MOST_CARDS]),
        reliability=tuple(side.reliability for side in sides),
        found=tuple(one for side in sides for one in side.found),
        others=tuple(one for side in sides for one in side.others),
    )


def reckon_aside(workspace: Workspace, as_of: date) -> Reckoned:
    """The same in a process of its own, which ends with ours.

    Raises:
        StoreError: what is stored can't be read, or the process ended before it was done.

    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, workspace, as_of), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError as error:
        raise StoreError("what is to be expected was not reckoned: the process ended before it was done") from error
    finally:
        ours.close()
        process.join()
    if isinstance(answer, StoreError):
        raise answer
    return msgspec.msgpack.decode(answer, type=Reckoned)


def _answer(pipe: Connection, workspace: Workspace, as_of: date) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    try:
        pipe.send(msgspec.msgpack.encode(reckon(workspace, as_of)))
    except StoreError as error:
        pipe.send(error)


class _Side(NamedTuple):
    """What is kept of the units of a kind."""

    kind: UnitKind
    units: int
    silent: bool
    ranked: tuple[tuple[tuple[int, int, int, bool, str], str], ...]
    """Where each unit with a warning comes, and its name."""
    reliability: Reliability
    found: tuple[tuple[UnitKind, str, bytes], ...]
    others: tuple[tuple[UnitKind, str, Level | None], ...]


def _side(known: Known, kind: UnitKind, claims_about: ClaimsAbout) -> _Side:
    of = scene(known, kind, (), warning_rule())
    warned = [unit for _, unit in gravest((of,), Wanted())]
    kept_units = _kept(of, warned)
    return _Side(
        kind=kind,
        units=len(of.units),
        silent=of.silent,
        ranked=tuple((grave_order((of, unit)), unit) for unit in warned),
        reliability=reliability_of(of),
        found=tuple((kind, unit, _found(of, unit, claims_about)) for unit in kept_units),
        others=tuple((kind, unit, _level(of, unit)) for unit in of.units if unit not in kept_units),
    )


def _kept(of: Scene, warned: Sequence[str]) -> tuple[str, ...]:
    """The units that get a page of their weeks: those with a warning, then those with most acts."""
    busiest = sorted(of.units, key=lambda unit: (-len(of.acts.get(unit, ())), unit))
    return tuple(dict.fromkeys((*warned, *busiest)))[:MOST_UNITS]


def _level(of: Scene, unit: str) -> Level | None:
    _, because = judged(of, unit)
    return because.level if because else None


def _found(of: Scene, unit: str, claims_about: ClaimsAbout) -> bytes:
    since = of.known.as_of - timedelta(weeks=MOST_WEEKS)
    failed = failed_days(of.known.connection, since.isoformat(), of.known.as_of.isoformat())
    beside = of.known.coverage(of.kind, unit), failed
    shown = FACT_DAYS, MOST_FACTS
    return UnitFound(
        card=card(of, unit, claims_about(of.kind, unit)),
        signals=weeks_seen(of, "signals", unit, beside),
        conflict=weeks_seen(of, "conflict", unit, beside),
        alarms=alarms_of(of, unit),
        facts=actor_facts(of.known, unit, of.rule, shown, of.acts.get(unit, ())) if of.kind == "country" else None,
    ).to_json()

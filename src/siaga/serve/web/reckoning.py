"""What is to be expected on a day, reckoned as a whole: data that pages only look up.

Where much is stored this takes a minute and a core. So it can be done in a process of its own, with which no page has
to share an interpreter.
"""

from __future__ import annotations

import signal
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection

import msgspec

from siaga.base.errors import StoreError
from siaga.base.record import Record
from siaga.base.warning import Card, UnitKind
from siaga.monitor.actor import ActorFacts, actor_facts
from siaga.monitor.rule import warning_rule
from siaga.monitor.track import PastAlarm
from siaga.monitor.warning import Scene, alarms_of, card, scene
from siaga.monitor.weeks import MOST_WEEKS, Reliability, WeekSeen, reliability_of, weeks_seen
from siaga.serve.claimed import saved_claims
from siaga.serve.warned import KINDS, ClaimsAbout, Wanted, gravest
from siaga.store.database import now, reading_from
from siaga.store.health import failed_days
from siaga.store.known import knowing
from siaga.store.workspace import Workspace

__all__ = ["FACT_DAYS", "MOST_CARDS", "MOST_FACTS", "Reckoned", "UnitFound", "reckon", "reckon_aside"]

MOST_CARDS = 40
"""Warnings on a board."""
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
    """Kind and name of each unit that was judged, and its `UnitFound` as JSON."""


def reckon(workspace: Workspace, as_of: date) -> Reckoned:
    """What is to be expected.

    Raises:
        StoreError: what is stored can't be read.

    """
    rule, day = warning_rule(), as_of.isoformat()
    claims_about = saved_claims(workspace, day)
    with (
        reading_from(workspace) as connection,
        knowing(workspace, connection, as_of, rule.confidence) as known,
    ):
        scenes = tuple(scene(known, kind, (), rule) for kind in KINDS)
        ranked = gravest(scenes, Wanted())
        return Reckoned(
            as_of=day,
            moment=now(),
            units=sum(len(of.units) for of in scenes),
            more=max(0, len(ranked) - MOST_CARDS),
            silent=any(of.silent for of in scenes),
            board=tuple((of.kind, unit) for of, unit in ranked[:MOST_CARDS]),
            reliability=tuple(map(reliability_of, scenes)),
            found=tuple((of.kind, unit, _found(of, unit, claims_about)) for of in scenes for unit in of.units),
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

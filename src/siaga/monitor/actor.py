"""Facts of one country or body, by what was known on a day: who is in office, its partners, how much is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import numpy as np

from siaga.base.event import Event, EventType, Status
from siaga.base.record import Record
from siaga.base.warning import Act, Footnote
from siaga.extract.actor_tables import load_leaders
from siaga.monitor.acts import acts_by_unit
from siaga.monitor.drivers import note_of
from siaga.monitor.rule import WarningRule, signal_of
from siaga.monitor.series import types_of
from siaga.store.known import Known
from siaga.store.load import load_events

__all__ = ["ActorFacts", "ActorSeries", "Partner", "Term", "TypeCount", "actor_facts", "acts_of"]

SERIES: tuple[Literal["conflict", "cooperation"], ...] = ("conflict", "cooperation")
YEAR, WEEK = 52, 7
MOST_EVENTS = 60
"""Of the newest, among which sentences are sought."""


class Term(Record):
    """Somebody in office on the day."""

    name: str
    office: str
    """Its key, as in `actors/leaders.csv`."""
    organisation: str
    since: str | None
    until: str | None


class TypeCount(Record):
    """How many events of a type and status."""

    type: EventType
    status: Status
    events: int


class Partner(Record):
    """What one side did to another, as it is told; events are those of articles, copies left out."""

    actor: str
    recipient: str
    events: int
    types: tuple[TypeCount, ...]


class ActorSeries(Record):
    """Acts by week, the latest last."""

    name: Literal["signals", "conflict", "cooperation"]
    first: str
    """First day of the first week."""
    counts: tuple[int, ...]


class ActorFacts(Record):
    """A page of facts: one line of `siaga actor --format json`."""

    kind: Literal["actor"]
    code: str
    as_of: str
    days: int
    """Looked back on for partners and sentences."""
    terms: tuple[Term, ...]
    partners: tuple[Partner, ...]
    """Those with most events first."""
    series: tuple[ActorSeries, ...]
    events: tuple[Event, ...]
    """The latest of which the reader is sure, one an article; `notes` has the sentence of each."""
    notes: tuple[Footnote, ...]


def acts_of(known: Known, code: str, rule: WarningRule) -> tuple[Act, ...]:
    """The acts of a country or body, as its facts count them."""
    imported = known.imported("country", (code,))
    return acts_by_unit(known.mentions("country", (code,)), imported, rule).get(code, ())


def actor_facts(known: Known, code: str, rule: WarningRule, shown: tuple[int, int], acts: Sequence[Act]) -> ActorFacts:
    """The facts of a country or body.

    Args:
        known: the day.
        code: of the country or body.
        rule: which acts warn.
        shown: days to look back on; partners and sentences at the most.
        acts: of it, of `acts_of`.

    """
    days, most = shown
    since = known.as_of - timedelta(days=days - 1)
    told = load_events(known.connection, known.events("country", code, since)[:MOST_EVENTS])
    sure = tuple(one for one in told if one.event.confidence >= rule.counting.sure_confidence)
    newest = tuple({one.article.id: one for one in reversed(sure)}.values())[::-1][:most]
    return ActorFacts(
        kind="actor",
        code=code,
        as_of=known.as_of.isoformat(),
        days=days,
        terms=_terms(code, known.as_of.isoformat()),
        partners=_partners(known, code, since)[:most],
        series=tuple(_series(acts, known.as_of, rule)),
        events=tuple(one.event for one in newest),
        notes=tuple(note_of(number, one) for number, one in enumerate(newest, 1)),
    )


def _terms(code: str, day: str) -> tuple[Term, ...]:
    rows = (one for one in load_leaders() if one.code == code)
    held = (one for one in rows if (one.valid_from or "") <= day < (one.valid_until or "9999"))
    found = {(one.name, one.office): one for one in held}
    return tuple(
        Term(
            name=one.name, office=one.office, organisation=one.organisation, since=one.valid_from, until=one.valid_until
        )
        for one in found.values()
    )


def _partners(known: Known, code: str, since: date) -> tuple[Partner, ...]:
    groups: defaultdict[tuple[str, str], list[TypeCount]] = defaultdict(list)
    for actor, other, type_, status, events in known.partners(code, since):
        groups[actor, other].append(TypeCount(type=type_, status=status, events=events))
    found = (
        Partner(actor=actor, recipient=other, events=sum(one.events for one in types), types=tuple(types))
        for (actor, other), types in groups.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.events, one.actor, one.recipient)))


def _series(acts: Sequence[Act], as_of: date, rule: WarningRule) -> tuple[ActorSeries, ...]:
    first = as_of - timedelta(days=WEEK * YEAR - 1)
    warning = [one for one in acts if signal_of(one.type, one.status, rule)]
    rows = {"signals": warning} | {
        name: [one for one in acts if one.status == "happened" and one.type in types_of(name)] for name in SERIES
    }
    return tuple(
        ActorSeries(name=name, first=first.isoformat(), counts=_weekly(told, as_of))  # type: ignore[arg-type]
        for name, told in rows.items()
    )


def _weekly(acts: Sequence[Act], as_of: date) -> tuple[int, ...]:
    counts = np.zeros(YEAR, dtype=np.int64)
    for act in acts:
        week = YEAR - 1 - (as_of.toordinal() - act.told) // WEEK
        if 0 <= week < YEAR:
            counts[week] += act.number
    return tuple(int(one) for one in counts)

"""Pairs of sides that became busier or quieter: counts that a command gives again."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence

from siaga.base.record import Record
from siaga.base.window import Window
from siaga.report.facts import Cited
from siaga.report.points import Point, Tongue, evidence_of, ids_of

__all__ = ["Change", "changed_pairs", "count_query", "pair_point", "pairs_of"]

LEAST_EVENTS = 5
"""Events in the busier of two windows before a pair is said to have become busier or quieter."""
LEAST_RATIO = 2.0
"""How many times more events one window has, and more of all its events: twice as many papers read is no change."""
NOTES = 3
"""Sentences noted for a count, the newest."""
Pair = tuple[str, str]


class Change(Record):
    """How many events of a pair two windows tell."""

    pair: Pair
    now: int
    before: int


def changed_pairs(now: Sequence[Cited], before: Sequence[Cited]) -> tuple[Change, ...]:
    """The pairs that became busier or quieter, those that changed most first."""
    counts, past = _counts(now), _counts(before)
    changes = (Change(pair=pair, now=counts[pair], before=past[pair]) for pair in {*counts, *past})
    plain = (change for change in changes if _is_plain(change, (len(now), len(before))))
    return tuple(sorted(plain, key=lambda one: (-abs(one.now - one.before), one.pair)))


def pairs_of(one: Cited) -> frozenset[Pair]:
    """Who does and to whom, by code, each with each: as `siaga events --by pair` has it, without acts on oneself."""
    actors = {party.code for party in one.event.actors if party.code}
    recipients = {party.code for party in one.event.recipients if party.code}
    return frozenset((actor, recipient) for actor in actors for recipient in recipients if actor != recipient)


def pair_point(change: Change, told: tuple[Sequence[Cited], Sequence[Cited]], query: str, tongue: Tongue) -> Point:
    """How often a pair was told of, now and before, noted to the newest sentences of the busier window."""
    busier = change.now > change.before
    words, (actor, recipient) = tongue.words, change.pair
    text = words.say(
        "change.busier" if busier else "change.quieter",
        actor=tongue.names.get(actor, actor), recipient=tongue.names.get(recipient, recipient),
        now=words.number(change.now), before=words.number(change.before),
    )  # fmt: skip
    counted = [[one for one in window if change.pair in pairs_of(one)] for window in told]
    shown = sorted(counted[0 if busier else 1], key=_newest, reverse=True)
    distinct = list({one.event.evidence.text: one for one in shown}.values())[:NOTES]
    return Point(text=text, said=evidence_of(distinct), events=ids_of([*counted[0], *counted[1]]), query=query)


def count_query(pair: Pair, window: Window, sure: float, conditions: Iterable[str]) -> str:
    """The command that lists the events of a pair counted in a window."""
    words = [
        "siaga", "events", "--actor", pair[0], "--recipient", pair[1], "--published-since", window.since,
        "--published-until", window.until, "--min-confidence", f"{sure:g}", *conditions,
    ]  # fmt: skip
    return shlex.join(words)


def _counts(told: Iterable[Cited]) -> Counter[Pair]:
    return Counter(pair for one in told for pair in pairs_of(one))


def _is_plain(change: Change, totals: tuple[int, int]) -> bool:
    more, less = max(change.now, change.before), min(change.now, change.before)
    if more < LEAST_EVENTS or more < LEAST_RATIO * less:
        return False
    of_more, of_less = totals if change.now > change.before else totals[::-1]
    return more * max(of_less, 1) >= LEAST_RATIO * less * max(of_more, 1)


def _newest(one: Cited) -> tuple[str, float, str]:
    return one.article.published or "", one.event.confidence, one.event.id

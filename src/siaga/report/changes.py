"""What changed: what is told in a window against the window of the same length before it.

A change is one of telling, and worded so: "told now, not told then". What is called new or gone is compared with all
events of the other window, however unsure and of whatever status, so that a reader's doubt never makes news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from siaga.base.event import Event, EventType, Party, Status
from siaga.report.facts import ORDINARY, Cited, Fact, is_background, party_key, places_agree, says_its_day
from siaga.report.points import Point, Tongue, act_point, evidence_of, ids_of, noted
from siaga.report.voices import Foretold
from siaga.report.wording import act, attributed

__all__ = ["could_be_same", "is_new", "new_forecasts", "new_points", "silent_points", "turned_points"]

PROSPECTS: frozenset[Status] = frozenset({"planned", "considered", "possible"})
TURNED: frozenset[Status] = frozenset({"happened", "denied"})
ONGOING: frozenset[EventType] = frozenset(
    {"CONSULT", "COOPERATE", "AID", "THREATEN", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"}
)
"""Types of which a reader asks whether they go on; a criticism or a vote is over when it is told."""
LEAST_TOLD = 2
"""Articles that told of an act before one says that it is told no more: what one paper told once is no series."""


def is_new(fact: Fact, before: Iterable[Cited]) -> bool:
    """Whether nothing that could be such an act of these sides was told before; who is not named can't be new."""
    event = fact.event
    known = _has_code(event.actors) and (_has_code(event.recipients) or not event.recipients)
    return known and not any(could_be_same(event, one.event) for one in before)


def new_points(told: Iterable[Fact], before: Sequence[Cited], tongue: Tongue) -> Iterator[Point]:
    """Acts told now of which nothing was told before: of the like of each other, the most reported."""
    shown: list[Event] = []
    for fact in told:
        if is_new(fact, before) and not any(could_be_same(fact.event, event) for event in shown):
            shown.append(fact.event)
            frame = "change.new" if fact.event.status == "happened" else f"change.new_{fact.event.status}"
            yield act_point(fact, tongue, frame)


def new_forecasts(now: Iterable[Foretold], before: Sequence[Foretold]) -> tuple[Foretold, ...]:
    """Claims about what nobody foretold before: of the like of each other, the first."""
    fresh: list[Foretold] = []
    for one in now:
        if not any(could_be_same(one.event, other.event) for other in (*before, *fresh)):
            fresh.append(one)
    return tuple(fresh)


def silent_points(told_before: Iterable[Fact], now: Sequence[Cited], tongue: Tongue) -> Iterator[Point]:
    """Acts between two sides that several articles told before, and none now."""
    for fact in told_before:
        articles = {one.article.id for one in fact.own_words}
        named = _has_code(fact.event.actors) and _has_code(fact.event.recipients)
        lasting = fact.event.type in ONGOING and named and len(articles) >= LEAST_TOLD
        if lasting and not any(could_be_same(fact.event, one.event) for one in now):
            yield act_point(fact, tongue, "change.silent")


def turned_points(told: Iterable[Fact], earlier: Sequence[Cited], tongue: Tongue, sure: float) -> Iterator[Point]:
    """Acts that were planned, considered or possible when told before, and are told as happened or denied now.

    `earlier` are all events before, those too that are not `sure`: whoever may have told of the deed already speaks
    against calling it new.
    """
    for fact in told:
        if fact.event.status in TURNED and (prospect := _prospect_of(fact, earlier, sure)):
            yield _turned_point(fact, prospect, tongue)


def could_be_same(one: Event, other: Event) -> bool:
    """Whether two events can be of one kind between the same sides: a side that is not named can be anybody."""
    if one.type != other.type:
        return False
    if one.type in ORDINARY:
        return _meet((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    return _meet(one.actors, other.actors) and _meet(one.recipients, other.recipients)


def _meet(side: Iterable[Party], other: Iterable[Party]) -> bool:
    keys, others = {party_key(party) for party in side}, {party_key(party) for party in other}
    return not keys or not others or not keys.isdisjoint(others)


def _has_code(side: Iterable[Party]) -> bool:
    return any(party.code for party in side)


def _prospect_of(fact: Fact, earlier: Iterable[Cited], sure: float) -> Cited | None:
    """The last mention of the act as a prospect, before any paper told what became of it.

    None where such acts of these sides had happened already: then no prospect came true, things went on.
    """
    told = min(one.article.published or "" for one in fact.said)[:10]
    before = [one for one in earlier if (one.article.published or "9999")[:10] < told]
    if any(one.event.status == fact.event.status and could_be_same(fact.event, one.event) for one in before):
        return None
    prospects = [one for one in before if one.event.confidence >= sure and _came_about(one, fact.said[0])]
    return max(prospects, key=_latest, default=None)


def _latest(one: Cited) -> tuple[str, float, str]:
    return one.article.published or "", one.event.confidence, one.event.id


def _came_about(prospect: Cited, one: Cited) -> bool:
    """Whether two mentions are plainly of one act: type, kind, both sides by code, place, and day where it is told."""
    was, now = prospect.event, one.event
    return (
        was.status in PROSPECTS
        and was.type == now.type
        and _kind_agrees(was, now)
        and _sides(was) == _sides(now)
        and all(_sides(now))
        and places_agree(was.place, now.place)
        and _day_agrees(prospect, one)
        and not is_background(one)
    )


def _kind_agrees(was: Event, now: Event) -> bool:
    return was.mode is None or now.mode is None or was.mode == now.mode


def _sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    actors = frozenset(party.code for party in event.actors if party.code)
    recipients = frozenset(party.code for party in event.recipients if party.code)
    return (actors | recipients, actors | recipients) if event.type in ORDINARY else (actors, recipients)


def _day_agrees(prospect: Cited, one: Cited) -> bool:
    if not (says_its_day(prospect) and says_its_day(one)):
        return True
    first, last = prospect.event.earliest or "", prospect.event.latest or "9999"
    return first <= (one.event.latest or one.event.earliest or "") and (one.event.earliest or "") <= last


def _turned_point(fact: Fact, prospect: Cited, tongue: Tongue) -> Point:
    words, said = tongue.words, noted(fact)
    text = words.say(
        "change.turned",
        before=words.say(f"status.{prospect.event.status}"),
        then=words.day(prospect.article.published or ""),
        after=words.say(f"status.{fact.event.status}"),
        now=words.day(min(one.article.published or "" for one in said)),
        act=attributed(act(said, tongue.names, words), said, tongue.names, words),
    )
    both = [prospect, *said[:-1]] if len(said) > 1 else [prospect, *said]
    return Point(text=text, said=evidence_of(both), events=ids_of([prospect, *fact.said]))
